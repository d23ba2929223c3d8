import { builder } from '../../builder.ts';
import { ProviderType } from '../provider/provider-type.ts';
import type {
  IdempotencyConflict,
  InvalidInput,
  MutationError,
  NotFound,
  OutcomeUnknown,
  UnsupportedByProvider,
  UpstreamRejected,
  UpstreamUnavailable,
} from './mutation-error.ts';

const ErrorType = builder.interfaceRef<MutationError>('Error').implement({
  description: 'Why a mutation did not do what it was asked.',
  resolveType: ({ type }) => type,
  fields: (t) => ({
    message: t.exposeString('message', { description: 'What went wrong, in words.' }),
    code: t.exposeString('code', { description: 'What went wrong, for programs.' }),
  }),
});

const InvalidInputErrorType = builder.objectRef<InvalidInput>('InvalidInputError').implement({
  description: 'The input cannot be used; nothing was sent.',
  interfaces: [ErrorType],
  fields: (t) => ({
    field: t.exposeString('field', { nullable: true, description: 'Path of the member at fault.' }),
  }),
});

const NotFoundErrorType = builder.objectRef<NotFound>('NotFoundError').implement({
  description: 'The object to change does not exist; nothing was changed.',
  interfaces: [ErrorType],
});

const UnsupportedByProviderErrorType = builder
  .objectRef<UnsupportedByProvider>('UnsupportedByProviderError')
  .implement({
    description: 'The provider cannot do this at all; nothing was sent.',
    interfaces: [ErrorType],
    fields: (t) => ({
      provider: t.expose('provider', { type: ProviderType, description: 'Which provider.' }),
    }),
  });

const UpstreamRejectedErrorType = builder.objectRef<UpstreamRejected>('UpstreamRejectedError').implement({
  description: 'The upstream answered and refused; nothing was changed.',
  interfaces: [ErrorType],
  fields: (t) => ({
    provider: t.expose('provider', { type: ProviderType, description: 'Which provider.' }),
    providerStatus: t.exposeInt('providerStatus', { description: 'HTTP status of the refusal.' }),
  }),
});

const UpstreamUnavailableErrorType = builder
  .objectRef<UpstreamUnavailable>('UpstreamUnavailableError')
  .implement({
    description:
      'Nothing reached the upstream, or it asked to come back later (429): safe to retry with the same key.',
    interfaces: [ErrorType],
    fields: (t) => ({
      provider: t.expose('provider', { type: ProviderType, description: 'Which provider.' }),
    }),
  });

const IdempotencyConflictErrorType = builder
  .objectRef<IdempotencyConflict>('IdempotencyConflictError')
  .implement({
    description: 'The key was used before with other input, or a request with it is still running.',
    interfaces: [ErrorType],
  });

const OutcomeUnknownErrorType = builder.objectRef<OutcomeUnknown>('OutcomeUnknownError').implement({
  description:
    'The request was sent and no answer came: retry with the same key to learn the outcome; it cannot charge twice.',
  interfaces: [ErrorType],
  fields: (t) => ({
    provider: t.expose('provider', { type: ProviderType, description: 'Which provider.' }),
    idempotencyKey: t.exposeString('idempotencyKey', { description: 'The key to retry with.' }),
  }),
});

/** Every failure that a mutation can answer with, as members of its result union. */
export const MUTATION_ERROR_TYPES = [
  InvalidInputErrorType,
  NotFoundErrorType,
  UpstreamRejectedErrorType,
  UnsupportedByProviderErrorType,
  IdempotencyConflictErrorType,
  OutcomeUnknownErrorType,
  UpstreamUnavailableErrorType,
] as const;
