import type { Stream } from '../../connection/stream.ts';
import { emptyStream } from '../../connection/stream-reader.ts';
import { PROVIDERS, type Provider } from '../../provider.ts';
import type { BillingSource } from '../provider/billing-source.ts';
import type { RequestContext } from '../request-context.ts';
import type { Account } from './account.ts';

/**
 * One stream per provider over something that each customer of an account has. A provider that could not say whether it
 * knows the account fails with that same error; one that does not know the account has nothing.
 */
export function accountStreams<T>(
  account: Account,
  context: RequestContext,
  open: (source: BillingSource, customerId: string) => Stream<T>,
  providers: readonly Provider[] = PROVIDERS,
): readonly Stream<T>[] {
  return providers.map((provider) => {
    const failure = account.failures.find((each) => each.provider === provider);
    if (failure !== undefined) return { key: provider, provider, readPage: () => Promise.reject(failure) };
    const customer = account.customers.find((each) => each.provider === provider);
    return customer === undefined
      ? emptyStream({ key: provider, provider })
      : open(context.sources[provider], customer.providerId);
  });
}
