import type { UpstreamError } from '../../errors/upstream-error.ts';
import type { Customer } from '../customer/customer.ts';

/** The business's own customer, by its own identifier. */
export interface Account {
  readonly identifier: string;
  readonly name: string;
  /** At most one per provider, in the order of PROVIDERS. */
  readonly customers: readonly Customer[];
  /** Providers that could not be asked. */
  readonly failures: readonly UpstreamError[];
}
