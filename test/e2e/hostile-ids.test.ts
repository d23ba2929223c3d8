import {
  getNamedType,
  GraphQLID,
  isInputObjectType,
  isObjectType,
  type GraphQLInputType,
  type GraphQLNamedType,
} from 'graphql';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { schema } from '../../src/schema.ts';
import { HOSTILE_IDS } from '../support/hostile-ids.ts';
import { locatedErrors } from '../support/located-errors.ts';
import { findMutationSamples } from '../support/mutation-samples.ts';
import { loadOpenApiValidator } from '../support/openapi-validator.ts';
import { pick, pickObject } from '../support/pick.ts';
import { ownTypes } from '../support/schema-facts.ts';
import { startTestGateway, type GraphQLAnswer, type TestGateway } from '../support/test-gateway.ts';
import { ADD_ONE_TIME_CHARGE, REGENERATE_INVOICE, VOID_INVOICE } from '../support/write-operations.ts';

const ROUTES = {
  METRONOME: loadOpenApiValidator(new URL('../../schema/upstream/metronome.openapi.yaml', import.meta.url)),
  MAPLE: loadOpenApiValidator(new URL('../../schema/upstream/maple.openapi.yaml', import.meta.url)),
};
const NAMED_AS_ID = /(?:^i|I)d(?:s|entifier)?$/;

/** Each argument and each member of an input that takes ids. */
function idPlaces(): string[] {
  return ownTypes(schema)
    .flatMap(inputsOf)
    .filter(takesId)
    .map(({ place }) => place)
    .toSorted();
}

interface InputPlace {
  readonly place: string;
  readonly name: string;
  readonly type: GraphQLInputType;
}

function inputsOf(type: GraphQLNamedType): InputPlace[] {
  if (isInputObjectType(type))
    return Object.values(type.getFields()).map((field) => ({
      place: `${type.name}.${field.name}`,
      name: field.name,
      type: field.type,
    }));
  if (!isObjectType(type)) return [];
  return Object.values(type.getFields()).flatMap((field) =>
    field.args.map((argument) => ({
      place: `${type.name}.${field.name}(${argument.name})`,
      name: argument.name,
      type: argument.type,
    })),
  );
}

function takesId({ name, type }: InputPlace): boolean {
  return getNamedType(type).name === GraphQLID.name || NAMED_AS_ID.test(name);
}

/** How a hostile id is sent in one place, and what becomes of it. */
interface IdCase {
  readonly query: string;
  variables(id: string): Readonly<Record<string, unknown>>;
  /** Why nothing is sent for it, as an error at this path, or the payload of a mutation about this member. */
  readonly refused?: { readonly at: string } | { readonly member: string };
}

function byId(field: string, argument = 'id'): IdCase {
  const query = `query ($id: ID!) { ${field}(${argument}: $id) { __typename } }`;
  return { query, variables: (id) => ({ id }), refused: { at: field } };
}

let keys = 0;

function input(query: string, of: (id: string) => object, member: string): IdCase {
  const variables: IdCase['variables'] = (id) => {
    keys += 1;
    return { input: { idempotencyKey: `key-${keys}`, ...of(id) } };
  };
  return { query, variables, refused: { member } };
}

describe('forty hostile ids', () => {
  let gateway: TestGateway;
  let cases: Readonly<Record<string, IdCase>>;
  beforeAll(async () => {
    gateway = await startTestGateway();
    const { mapleCharge, metronomeCharge } = await findMutationSamples(gateway);
    const [maple, metronome] = [pickObject(mapleCharge), pickObject(metronomeCharge)];
    const ofMaple = (members: object): object => ({
      ...maple,
      charge: { maple: { ...pickObject(maple, 'charge', 'maple'), ...members } },
    });
    const ofMetronome = (members: object): object => ({
      ...metronome,
      charge: { metronome: { ...pickObject(metronome, 'charge', 'metronome'), ...members } },
    });
    const [item] = [pickObject(pick(maple, 'charge', 'maple', 'items', 0))];
    const discount = { name: 'Goodwill', type: 'DISCOUNT_AMOUNT', amount: { amount: '1', currency: 'USD' } };
    const ofDiscount = (member: string): [string, IdCase] => [
      `MapleDiscountInput.${member}`,
      input(
        ADD_ONE_TIME_CHARGE,
        (id) => ofMaple({ discounts: [{ ...discount, [member]: id }] }),
        `charge.maple.discounts[0].${member}`,
      ),
    ];
    const add = (of: (id: string) => object, member: string): IdCase =>
      input(ADD_ONE_TIME_CHARGE, of, member);
    cases = {
      'Query.account(identifier)': {
        query: 'query ($id: String!) { account(identifier: $id) { id } }',
        variables: (id) => ({ id }),
      },
      'CustomerFilter.identifier': {
        query: 'query ($id: String!) { customers(filter: { identifier: $id }) { nodes { id } } }',
        variables: (id) => ({ id }),
      },
      'Query.customer(id)': byId('customer'),
      'Query.invoice(id)': byId('invoice'),
      'Query.node(id)': byId('node'),
      'Query.plan(id)': byId('plan'),
      'Query.nodes(ids)': {
        ...byId('nodes.0'),
        query: 'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename } }',
        variables: (id) => ({ ids: [id] }),
      },
      'Query.customerByProviderId(providerId)': {
        ...byId('customerByProviderId'),
        query:
          'query ($id: String!) { customerByProviderId(provider: METRONOME, providerId: $id) { __typename } }',
      },
      'VoidInvoiceInput.invoiceId': input(VOID_INVOICE, (invoiceId) => ({ invoiceId }), 'invoiceId'),
      'RegenerateInvoiceInput.invoiceId': input(
        REGENERATE_INVOICE,
        (invoiceId) => ({ invoiceId }),
        'invoiceId',
      ),
      'AddOneTimeChargeInput.customerId': add((customerId) => ({ ...maple, customerId }), 'customerId'),
      'MetronomeOneTimeChargeInput.chargeId': add(
        (chargeId) => ofMetronome({ chargeId }),
        'charge.metronome.chargeId',
      ),
      'MetronomeOneTimeChargeInput.customerPlanId': add(
        (customerPlanId) => ofMetronome({ customerPlanId }),
        'charge.metronome.customerPlanId',
      ),
      'MoneyInput.pricingUnitId': add(
        (pricingUnitId) => ofMetronome({ unitPrice: { amount: '1', pricingUnitId } }),
        'charge.metronome.unitPrice.pricingUnitId',
      ),
      'MapleOneTimeItemInput.productPricingId': add(
        (productPricingId) => ofMaple({ items: [{ quantity: '1', productPricingId }] }),
        'charge.maple.items[0].productPricingId',
      ),
      'MapleCustomPriceInput.productId': add(
        (productId) =>
          ofMaple({ items: [{ ...item, customPrice: { ...pickObject(item, 'customPrice'), productId } }] }),
        'charge.maple.items[0].customPrice.productId',
      ),
      ...Object.fromEntries(
        [
          'couponId',
          'customerId',
          'itemPricingId',
          'oneTimeChargeId',
          'productId',
          'productPricingId',
          'proposalId',
          'subscriptionId',
        ].map(ofDiscount),
      ),
    };
  });
  beforeEach(() => gateway.forgetCalls());
  afterAll(() => gateway.stop());

  /** What was sent to an upstream beside its declared routes. */
  function strayCalls(): string[] {
    return Object.entries({ METRONOME: gateway.metronome, MAPLE: gateway.maple }).flatMap(
      ([provider, { requests }]) =>
        requests
          .filter(
            ({ method, path }) =>
              ROUTES[provider === 'MAPLE' ? 'MAPLE' : 'METRONOME'].operationIdOf(method, path) === undefined,
          )
          .map(({ method, path }) => `${provider} ${method} ${path}`),
    );
  }

  it('are at least that many', () => {
    expect(new Set(HOSTILE_IDS).size).toBeGreaterThanOrEqual(40);
  });

  it('are sent in every place of the schema that takes an id', () => {
    expect(Object.keys(cases).toSorted()).toEqual(idPlaces());
  });

  it.each(idPlaces())('lead to no request outside the declared routes in %s', async (place) => {
    const hostile: IdCase = cases[place] ?? { query: '', variables: () => ({}) };
    const outcomes: string[] = [];
    for (const id of HOSTILE_IDS)
      outcomes.push(outcomeOf(hostile, await gateway.answer(hostile.query, hostile.variables(id))));
    expect(outcomes).toEqual(HOSTILE_IDS.map(() => expectedOutcome(hostile)));
    expect(hostile.refused === undefined ? strayCalls() : gateway.calls()).toEqual(
      hostile.refused === undefined ? [] : {},
    );
  });
});

function expectedOutcome({ refused }: IdCase): string {
  if (refused === undefined) return 'looked for, or refused';
  return 'at' in refused ? `BAD_USER_INPUT - at ${refused.at}` : `InvalidInputError ${refused.member}`;
}

function outcomeOf(hostile: IdCase, answer: GraphQLAnswer): string {
  const errors = locatedErrors(answer);
  if (hostile.refused === undefined && errors.every((error) => error.startsWith('BAD_USER_INPUT - at')))
    return expectedOutcome(hostile);
  if (errors.length > 0 || hostile.refused === undefined || 'at' in hostile.refused) return errors.join(', ');
  const { __typename: type, field } = pickObject(answer, 'data', 'result');
  return `${String(type)} ${String(field)}`;
}
