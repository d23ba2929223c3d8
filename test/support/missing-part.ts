import type { Provider } from '../../src/provider.ts';

/**
 * What an answer is to be where a provider's part of some fields is lost: the data of an answer without faults, but for
 * those fields, which are null, or hold the other provider's part and name the failure.
 *
 * @param healthy data without any fault
 * @param fields places whose part is lost, such as `account.plans`
 */
export function withMissingPart(
  healthy: unknown,
  fields: readonly string[],
  failure: { readonly provider: Provider; readonly code: string | null },
  place = '',
): unknown {
  const below = (value: unknown, name: string | number): unknown =>
    withMissingPart(value, fields, failure, place === '' ? `${name}` : `${place}.${name}`);
  const isLost = fields.includes(place);
  if (Array.isArray(healthy)) return isLost ? null : healthy.map(below);
  if (typeof healthy !== 'object' || healthy === null) return isLost ? null : healthy;
  const members = Object.entries(healthy);
  if (!isLost) return Object.fromEntries(members.map(([name, value]) => [name, below(value, name)]));
  if (!('failures' in healthy)) return null;
  return Object.fromEntries(
    members.map(([name, value]) => {
      if (name === 'failures') return [name, [failure]];
      if (name !== 'nodes' && name !== 'customers') return [name, below(value, name)];
      return [name, Array.isArray(value) ? value.filter((node) => !isOf(failure.provider, node)) : value];
    }),
  );
}

function isOf(provider: Provider, node: unknown): boolean {
  return typeof node === 'object' && node !== null && Reflect.get(node, 'provider') === provider;
}
