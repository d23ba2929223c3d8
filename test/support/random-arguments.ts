import type { GraphQLArgument } from 'graphql';
import { encodeNodeId } from '../../src/node-id.ts';
import { uuid } from './lavish-rows.ts';
import type { Random } from './random.ts';

/** Global ids by the field that takes them, those that only `node` and `nodes` take under `others`; and identifiers. */
export interface RandomIds {
  readonly byField: Readonly<Record<string, readonly string[]>>;
  readonly identifiers: readonly string[];
}

interface ArgumentChoice {
  readonly random: Random;
  /** Ids to choose from in place of those of the lavish upstreams. */
  readonly ids?: RandomIds | undefined;
  /** By the field that gave them. */
  readonly cursors: ReadonlyMap<string, readonly string[]>;
  /** Declares a variable with this value, and gives its name with the sign. */
  variable(declared: string, value: unknown): string;
}

const FIRSTS = [0, 1, 1, 2, 2, 3, 5, 7, 20, 100];
/** Each is one that both upstreams can be asked for, so that the gateway drops no row. */
const STATUSES = ['DRAFT', 'OPEN', 'VOID'];

/** Arguments by chance, as they stand in a document: mostly good ones, some that are refused. */
export function randomArguments(
  field: string,
  args: readonly GraphQLArgument[],
  choice: ArgumentChoice,
): string {
  const texts = args.flatMap(({ name, type }) => {
    const value = randomValue(field, name, choice);
    if (value === undefined) return [];
    const declared = String(type);
    const isPlain = !declared.includes('Filter');
    const text =
      isPlain && choice.random.chance(0.3) ? choice.variable(declared, value) : literal(value, name);
    return [`${name}: ${text}`];
  });
  return texts.length === 0 ? '' : `(${texts.join(', ')})`;
}

function randomValue(field: string, name: string, { random, cursors, ids }: ArgumentChoice): unknown {
  switch (name) {
    case 'first':
      if (random.chance(0.1)) return undefined;
      return random.chance(0.03) ? null : random.one(FIRSTS);
    case 'after':
      if (random.chance(0.02)) return 'not-a-cursor';
      return random.chance(0.3) ? random.some(cursors.get(field) ?? [], 1).at(0) : undefined;
    case 'id':
      return randomId(field, random, ids);
    case 'ids':
      return Array.from({ length: random.below(12) }, () => randomId('', random, ids));
    case 'identifier':
      return ids === undefined ? `acct_${random.below(20)}` : random.one(ids.identifiers);
    case 'providerId':
      return uuid('customer', random.below(20));
    case 'provider':
      return random.one(['METRONOME', 'MAPLE']);
    case 'from':
      return '2026-06-01T00:00:00Z';
    case 'to':
      return random.one(['2026-06-02T00:00:00Z', '2026-07-15T00:00:00Z', '2026-12-01T12:00:00Z']);
    case 'filter':
      return random.chance(0.5) ? undefined : randomFilter(field, random);
    default:
      throw new Error(`no value for the argument ${name} of ${field}`);
  }
}

function randomFilter(field: string, random: Random): object {
  const providers = random.chance(0.7)
    ? { providers: random.some(['METRONOME', 'MAPLE'], 1 + random.below(2)) }
    : {};
  if (field.endsWith('.invoices') && random.chance(0.2))
    return { ...providers, statuses: random.some(STATUSES, 1) };
  if (field.endsWith('.customers') && random.chance(0.2)) return { ...providers, status: 'ARCHIVED' };
  return providers;
}

/** Of any type, but where the field takes one type only. */
function randomId(field: string, random: Random, ids?: RandomIds): string {
  const byField = ids?.byField ?? lavishIds(random);
  return random.one(byField[field] ?? Object.values(byField).flat());
}

/** What the lavish upstreams know, more or less. */
function lavishIds(random: Random): RandomIds['byField'] {
  const [metronome, maple] = [uuid('customer', random.below(20)), `cus_${random.below(20)}`];
  const at = random.below(50);
  return {
    'Query.customer': [
      encodeNodeId('Customer', 'METRONOME', metronome),
      encodeNodeId('Customer', 'MAPLE', maple),
    ],
    'Query.plan': [
      encodeNodeId('Plan', 'METRONOME', 'PLAN', uuid('plan', at)),
      encodeNodeId('Plan', 'MAPLE', 'BUNDLE', `bundle_${at}`),
      encodeNodeId('Plan', 'MAPLE', 'PRODUCT_PRICING', `pricing_${at}`),
    ],
    'Query.invoice': [
      encodeNodeId('Invoice', 'METRONOME', metronome, uuid(metronome, at)),
      encodeNodeId('Invoice', 'MAPLE', 'cus_0', uuid('cus_0', at)),
    ],
    others: [
      encodeNodeId('Account', `acct_${at}`),
      encodeNodeId('PlanCharge', 'METRONOME', 'PLAN', uuid('plan', at), uuid('charge', 1)),
      encodeNodeId('PlanCharge', 'MAPLE', 'PRODUCT_PRICING', `pricing_${at}`, 'charge'),
      encodeNodeId('OneTimeCharge', 'METRONOME', metronome, uuid(metronome, 0), uuid('added', 0), '0'),
      encodeNodeId('OneTimeCharge', 'MAPLE', maple, `onetime_${maple}_0`),
      'not-an-id',
    ],
  };
}

function literal(value: unknown, name: string): string {
  if (name === 'filter') return JSON.stringify(value).replaceAll('"', '');
  return name === 'provider' ? String(value) : JSON.stringify(value);
}
