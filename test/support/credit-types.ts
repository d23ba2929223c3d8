import { LosslessNumber } from 'lossless-json';

/** Metronome's unit of US dollars, the same in every account. */
export const USD_CENTS = { id: '2714e483-4ff1-48e4-9e25-ac732e8f24f2', name: 'USD (cents)' };

/** A custom pricing unit. */
export const TOKENS = { id: '5f2b0a54-0000-4000-8000-00000000000b', name: 'tokens' };

/** Metronome's unit of another currency, named by its code. */
export function fiat(name: string): { readonly id: string; readonly name: string } {
  return { id: '5f2b0a54-0000-4000-8000-00000000000a', name };
}

/** A JSON number with exactly these digits. */
export function num(text: string): LosslessNumber {
  return new LosslessNumber(text);
}
