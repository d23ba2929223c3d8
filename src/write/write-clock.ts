/** The time as writes see it, in milliseconds; the same for all processes, up to the skew of their clocks. */
export interface WriteClock {
  now(): number;
  sleep(ms: number): Promise<void>;
}
