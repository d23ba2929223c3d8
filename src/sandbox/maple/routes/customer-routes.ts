import type { CustomerRecord } from '../customer/customer-record.ts';
import type { CustomerInput } from '../customer/customer-table.ts';
import { findPage } from '../find/find-list.ts';
import { notFound } from '../maple-error.ts';
import type { MapleState } from '../maple-state.ts';
import { createInputReader, type InputReader } from '../request/input-reader.ts';
import { createRoute, postRoute, readRoute, type MapleRoute } from '../request/maple-route.ts';
import { customerList } from './customer-list.ts';

const MEMBERS = [
  'address',
  'billing_emails',
  'child_rollup_billing',
  'child_rollup_billing_config',
  'email',
  'exclude_from_metrics',
  'identifier',
  'locale',
  'metadata',
  'name',
  'org_name',
  'override_taxes',
  'owner_id',
  'parent_customer_id',
  'phone',
  'tags',
  'title',
] as const;

/** The customer operations of maple.md section 3.2. Billing of children through parents and taxes are not played. */
export function customerRoutes(state: MapleState): readonly MapleRoute[] {
  const { customers } = state;
  const list = customerList(state);
  const find = (idOrIdentifier: string): CustomerRecord | undefined =>
    customers.ofId(idOrIdentifier) ?? customers.ofIdentifier(idOrIdentifier);

  const checkIdentifier = (
    input: InputReader,
    identifier: string,
    owner: CustomerRecord | undefined,
  ): void => {
    const holder = customers.ofIdentifier(identifier);
    if (holder !== undefined && holder.id !== owner?.id) input.report('identifier', 'is already taken');
  };
  const checkParent = (input: InputReader, parentId: string | null | undefined): void => {
    if (typeof parentId === 'string' && customers.ofId(parentId) === undefined) {
      input.report('parent_customer_id', 'is not a customer');
    }
  };

  return [
    postRoute('/customers/find', (body) => findPage(list, body, state.maxPageSize)),
    readRoute('/customers', 'Customer', (id) => {
      const customer = find(id);
      return customer && state.writeCustomer(customer);
    }),
    createRoute('/customers', (body) => {
      const input = createInputReader(body, MEMBERS);
      const identifier = input.requiredText('identifier');
      checkIdentifier(input, identifier, undefined);
      const members = readMembers(input);
      checkParent(input, members.parentCustomerId);
      input.finish();
      return state.writeCustomer(customers.create({ ...members, identifier }));
    }),
    {
      method: 'PATCH',
      path: '/customers/{id}',
      handler({ params, body }) {
        const customer = find(params['id'] ?? '');
        if (customer === undefined) throw notFound('Customer');
        const input = createInputReader(body, [...MEMBERS, 'status']);
        const identifier = input.text('identifier');
        if (identifier === '') input.report('identifier', 'must not be empty');
        if (identifier !== undefined) checkIdentifier(input, identifier, customer);
        const status = input.text('status');
        const members = readMembers(input);
        checkParent(input, members.parentCustomerId);
        input.finish();
        const updated = customers.update(customer, { ...members, identifier, status });
        return { status: 200, body: state.writeCustomer(updated) };
      },
    },
  ];
}

/** The given members. Null leaves a member as it is, except for the two that can be null themselves. */
function readMembers(input: InputReader): CustomerInput {
  return {
    name: input.text('name'),
    orgName: input.text('org_name'),
    email: input.text('email'),
    billingEmails: input.texts('billing_emails'),
    phone: input.text('phone'),
    title: input.text('title'),
    locale: input.text('locale'),
    address: input.object('address'),
    tags: input.texts('tags'),
    metadata: input.object('metadata'),
    ownerId: input.text('owner_id') ?? (input.isGiven('owner_id') ? null : undefined),
    parentCustomerId:
      input.text('parent_customer_id') ?? (input.isGiven('parent_customer_id') ? null : undefined),
    excludeFromMetrics: input.flag('exclude_from_metrics'),
  };
}
