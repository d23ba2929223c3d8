import { BadUserInputError } from '../../errors/gateway-error.ts';
import { UpstreamError } from '../../errors/upstream-error.ts';
import { PROVIDERS } from '../../provider.ts';
import type { Customer } from '../customer/customer.ts';
import type { RequestContext } from '../request-context.ts';
import type { Account } from './account.ts';
import type { FieldPlace } from '../selection.ts';

/**
 * Everything both systems know about one of the business's own identifiers; null when neither knows it.
 *
 * A provider that fails is reported as a located error and listed in `failures`; when the others know nothing, whether
 * the account exists cannot be said, and the failure is thrown.
 *
 * @param known a customer that carries this identifier; its provider is not asked again
 * @throws BadUserInputError for an empty identifier, UpstreamError
 */
export async function readAccount(
  identifier: string,
  context: RequestContext,
  info: FieldPlace,
  known?: Customer,
): Promise<Account | null> {
  if (identifier === '') throw new BadUserInputError('"identifier" must not be empty.');
  const outcomes = await Promise.allSettled(
    PROVIDERS.map(async (provider) =>
      known?.provider === provider
        ? known
        : context.sources[provider].customers.customerByIdentifier(identifier),
    ),
  );
  const customers: Customer[] = [];
  const failures: UpstreamError[] = [];
  for (const outcome of outcomes) {
    if (outcome.status === 'fulfilled') {
      if (outcome.value !== null) customers.push(outcome.value);
      continue;
    }
    const reason: unknown = outcome.reason;
    if (!(reason instanceof UpstreamError)) throw reason;
    failures.push(reason);
  }
  const [first] = customers;
  if (first === undefined) {
    const [failure, ...others] = failures;
    if (failure === undefined) return null;
    for (const other of others) context.reportFailure(other, info);
    throw failure;
  }
  for (const failure of failures) context.reportFailure(failure, info);
  return { identifier, name: first.name, customers, failures };
}
