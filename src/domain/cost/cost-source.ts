import type { Stream } from '../../connection/stream.ts';
import type { Instant } from '../../time/instant.ts';
import type { Cost } from './cost.ts';

/** A half-open window of time; `from` lies before `to`. */
export interface CostWindow {
  /** Inclusive. */
  readonly from: Instant;
  /** Exclusive. */
  readonly to: Instant;
}

/** What a provider must give about running costs. May throw UpstreamError. */
export interface CostSource {
  costs(customerId: string, window: CostWindow): Stream<Cost>;
}
