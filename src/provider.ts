/** The billing systems behind this gateway, in the order that breaks ties between them. */
export const PROVIDERS = ['METRONOME', 'MAPLE'] as const;

/** One billing system behind this gateway. */
export type Provider = (typeof PROVIDERS)[number];

/** Whether a text names a provider. */
export function isProvider(text: string): text is Provider {
  return PROVIDERS.some((provider) => provider === text);
}
