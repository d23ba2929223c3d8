import type { Provider } from '../../src/provider.ts';

/** What an answer lacks. */
export interface MissingPart {
  readonly provider: Provider;
  /** Of the error. */
  readonly code: string | null;
  /** Where only some of the provider's items are lost: their kind. */
  readonly kind: string | undefined;
  /** Places such as `account.plans`. */
  readonly fields: readonly string[];
}

/**
 * What an answer is to be where a part is lost: the data of an answer without faults, but for the fields of the part, which
 * are null, or hold what else there is and name the failure.
 *
 * @param healthy data without any fault
 */
export function withMissingPart(healthy: unknown, part: MissingPart, place = ''): unknown {
  const below = (value: unknown, name: string | number): unknown =>
    withMissingPart(value, part, place === '' ? `${name}` : `${place}.${name}`);
  const isLost = part.fields.includes(place);
  if (Array.isArray(healthy)) return isLost ? null : healthy.map(below);
  if (typeof healthy !== 'object' || healthy === null) return isLost ? null : healthy;
  const members = Object.entries(healthy);
  if (!isLost) return Object.fromEntries(members.map(([name, value]) => [name, below(value, name)]));
  if (!('failures' in healthy)) return null;
  const { provider, code } = part;
  return Object.fromEntries(
    members.map(([name, value]) => {
      if (name === 'failures') return [name, [{ provider, code }]];
      const isList = (name === 'nodes' || name === 'customers') && Array.isArray(value);
      return [name, isList ? value.filter((item) => !isOf(part, item)) : below(value, name)];
    }),
  );
}

function isOf({ provider, kind }: MissingPart, item: unknown): boolean {
  if (typeof item !== 'object' || item === null || Reflect.get(item, 'provider') !== provider) return false;
  return kind === undefined || Reflect.get(item, 'kind') === kind;
}
