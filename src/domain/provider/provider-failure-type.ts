import { builder } from '../../builder.ts';
import type { UpstreamError } from '../../errors/upstream-error.ts';
import { AS_PARENT } from '../cache-control.ts';
import { ProviderType } from './provider-type.ts';

/** What an answer says about a provider's missing part. */
type ProviderFailure = Pick<UpstreamError, 'provider' | 'code' | 'message' | 'retryable'>;

/** A failure as data: GraphQL would throw an Error that stands in a result instead of showing it. */
export function providerFailureOf({ provider, code, message, retryable }: UpstreamError): ProviderFailure {
  return { provider, code, message, retryable };
}

/** GraphQL type of a provider's missing part. */
export const ProviderFailureType = builder.objectRef<ProviderFailure>('ProviderFailure').implement({
  description:
    'A provider whose part is missing from this result. Cursors keep its place, so nothing is lost once it answers again.',
  extensions: AS_PARENT,
  fields: (t) => ({
    provider: t.expose('provider', { type: ProviderType, description: 'The provider that failed.' }),
    code: t.exposeString('code', { description: 'The same as `extensions.code` of the located error.' }),
    message: t.exposeString('message', { description: 'What went wrong, in words.' }),
    retryable: t.exposeBoolean('retryable', {
      description: 'Whether the same query may work later, unchanged.',
    }),
  }),
});
