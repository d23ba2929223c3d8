/** A JSON object as it is written to the wire; numbers are plain, bigint, big.js or LosslessNumber, all exact. */
export type WireObject = Readonly<Record<string, unknown>>;
