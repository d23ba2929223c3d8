import { builder } from '../../builder.ts';
import { encodeNodeId } from '../../node-id.ts';
import { connectionType } from '../connection/connection-type.ts';
import { held } from '../held.ts';
import { NodeType } from '../node/node-type.ts';
import { ProviderType } from '../provider/provider-type.ts';
import type { Customer, CustomerReference } from './customer.ts';

/** GraphQL enum of a customer's status. */
export const CustomerStatusType = builder.enumType('CustomerStatus', {
  description: 'Whether a customer is in use.',
  values: {
    ACTIVE: { description: 'In use.' },
    ARCHIVED: { description: 'Put away: left out of lists unless asked for.' },
    UNKNOWN: { description: 'The provider says something else; see `providerStatus`. Not a filter.' },
  },
});

/** GraphQL type of a customer record. */
export const CustomerType = builder.objectRef<CustomerReference>('Customer').implement({
  description: 'A customer record as one provider holds it.',
  interfaces: [NodeType],
  fields: (t) => ({
    id: t.id({
      description: 'Global id.',
      resolve: ({ provider, providerId }) => encodeNodeId('Customer', provider, providerId),
    }),
    provider: t.expose('provider', { type: ProviderType, description: 'Who holds this record.' }),
    providerId: t.exposeString('providerId', { description: "The provider's own id of this record." }),
    name: t.string({ description: 'Display name.', resolve: ({ name }) => held(name) }),
    email: t.string({
      nullable: true,
      description: 'Main address. Maple only: Metronome keeps none.',
      resolve: ({ email }) => held(email),
    }),
    identifiers: t.stringList({
      description:
        "The business's own identifiers of this customer: Metronome ingest aliases, or the Maple identifier.",
      resolve: ({ identifiers }) => held(identifiers),
    }),
    status: t.field({
      type: CustomerStatusType,
      description: 'Whether the customer is in use.',
      resolve: ({ status }) => held(status),
    }),
    providerStatus: t.string({
      nullable: true,
      description: 'The status as the provider spells it; null where it has no such field (Metronome).',
      resolve: ({ providerStatus }) => held(providerStatus),
    }),
    createdAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the record was made; null where the provider does not say.',
      resolve: ({ createdAt }) => held(createdAt),
    }),
    updatedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the record last changed; null where the provider does not say.',
      resolve: ({ updatedAt }) => held(updatedAt),
    }),
    customFields: t.field({
      type: 'JSONObject',
      description: 'Metronome custom fields, or Maple metadata.',
      resolve: ({ customFields }) => held(customFields),
    }),
  }),
});

/** GraphQL type of a page of customers. */
export const CustomerConnectionType = connectionType<Customer, CustomerReference>({
  name: 'Customer',
  plural: 'customers',
  node: CustomerType,
  nodeOf: (customer) => customer,
  merged: true,
});
