import { builder } from '../../builder.ts';
import type { Provider } from '../../provider.ts';

/** GraphQL enum of the billing systems. */
export const ProviderType = builder.enumType('Provider', {
  description: 'A billing system behind this gateway.',
  values: {
    METRONOME: { description: 'Metronome: usage-based billing.' },
    MAPLE: { description: 'Maple: subscription billing.' },
  } satisfies Record<Provider, { readonly description: string }>,
});
