import { builder } from '../../builder.ts';
import { MapleOneTimeChargeInputType } from './maple-charge-input.ts';
import { MetronomeOneTimeChargeInputType } from './metronome-charge-input.ts';

const OneTimeChargeInputType = builder.inputType('OneTimeChargeInput', {
  description: "A charge in the terms of the customer's provider.",
  isOneOf: true,
  fields: (t) => ({
    metronome: t.field({ type: MetronomeOneTimeChargeInputType, description: 'For a Metronome customer.' }),
    maple: t.field({ type: MapleOneTimeChargeInputType, description: 'For a Maple customer.' }),
  }),
});

/** A charge as GraphQL takes it. */
export type OneTimeChargeInput = typeof OneTimeChargeInputType.$inferInput;

/** GraphQL input of `addOneTimeCharge`. */
export const AddOneTimeChargeInputType = builder.inputType('AddOneTimeChargeInput', {
  description: 'A charge to add, and the key that keeps it from being added twice.',
  fields: (t) => ({
    idempotencyKey: t.string({
      required: true,
      description:
        "The caller's own key, 1 to 64 visible ASCII characters: the same key with the same input never charges twice.",
    }),
    customerId: t.id({ required: true, description: 'Global id of the customer to charge.' }),
    charge: t.field({ type: OneTimeChargeInputType, required: true, description: 'What to charge.' }),
  }),
});
