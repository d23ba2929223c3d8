import { BadUserInputError } from '../../errors/gateway-error.ts';
import { PROVIDERS, type Provider } from '../../provider.ts';

/**
 * The providers that a filter asks for, in the order of PROVIDERS; all of them where it asks for none in particular.
 *
 * @throws BadUserInputError for an empty list, which would ask for nothing at all
 */
export function chosenProviders(providers: readonly Provider[] | null | undefined): readonly Provider[] {
  if (providers?.length === 0) throw new BadUserInputError('"providers" must not be empty.');
  return providers ? PROVIDERS.filter((provider) => providers.includes(provider)) : PROVIDERS;
}
