import { builder } from '../../builder.ts';
import type { UpstreamError } from '../../errors/upstream-error.ts';
import { ProviderType } from './provider-type.ts';

/** GraphQL type of a provider's missing part. */
export const ProviderFailureType = builder.objectRef<UpstreamError>('ProviderFailure').implement({
  description:
    'A provider whose part is missing from this result. Cursors keep its place, so nothing is lost once it answers again.',
  fields: (t) => ({
    provider: t.expose('provider', { type: ProviderType, description: 'The provider that failed.' }),
    code: t.exposeString('code', { description: 'The same as `extensions.code` of the located error.' }),
    message: t.exposeString('message', { description: 'What went wrong, in words.' }),
    retryable: t.exposeBoolean('retryable', { description: 'Whether the same query may work later, unchanged.' }),
  }),
});
