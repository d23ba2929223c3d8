import { PROVIDERS, type Provider } from '../../provider.ts';
import type { CostQuestion, CostScope, FieldCost } from './field-cost.ts';
import { one } from './field-cost.ts';

/**
 * Calls that reading one customer by its id takes: Metronome is asked for active customers, and then for archived ones
 * (metronome.md section 3). They may go to it together with other ids, but need not.
 */
export const CUSTOMER_CALLS: Readonly<Record<Provider, number>> = { METRONOME: 2, MAPLE: 1 };

/** Calls that looking for a customer by an identifier takes, again first among active ones. */
export const IDENTIFIER_CALLS: Readonly<Record<Provider, number>> = { METRONOME: 2, MAPLE: 1 };

/** What reading an account costs. */
export const ACCOUNT_COST: FieldCost = {
  calls: { own: IDENTIFIER_CALLS.METRONOME + IDENTIFIER_CALLS.MAPLE },
  gives: one({}),
};

/** An account has one customer of each provider at most. */
export const ACCOUNT_CUSTOMERS: FieldCost = {
  gives: PROVIDERS.map((provider) => ({ count: 1, scopes: [{ provider }] })),
};

/**
 * The providers that a filter leaves, by what the client gave as `filter`.
 *
 * @param among those that there are without it
 */
export function askedProviders(filter: unknown, among: readonly Provider[] = PROVIDERS): readonly Provider[] {
  const asked =
    typeof filter === 'object' && filter !== null && 'providers' in filter ? filter.providers : null;
  if (asked === null || asked === undefined) return among;
  const list: readonly unknown[] = Array.isArray(asked) ? asked : [asked];
  return among.filter((provider) => list.includes(provider));
}

/** Those of the scope; both where it belongs to no single one. */
export function scopeProviders({ provider }: CostScope): readonly Provider[] {
  return provider === undefined ? PROVIDERS : [provider];
}

/**
 * The cost of a field that gives the customer which its object refers to.
 *
 * @param atHand fields of the Customer type that need nothing but the reference
 */
export function customerReferenceCost(atHand: ReadonlySet<string>) {
  return ({ scope, selected }: CostQuestion): FieldCost => {
    const isAtHand = selected().isSubsetOf(atHand);
    const gives = scopeProviders(scope).map((provider) => ({
      provider,
      partial: isAtHand || provider === 'MAPLE',
    }));
    const calls = Math.max(...scopeProviders(scope).map((provider) => CUSTOMER_CALLS[provider]));
    return { calls: isAtHand ? {} : { customers: calls }, gives: [{ count: 1, scopes: gives }] };
  };
}
