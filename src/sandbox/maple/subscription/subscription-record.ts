import type { Bundle } from '../catalog/bundle.ts';

/** A subscription as the sandbox keeps it. */
export interface SubscriptionRecord {
  readonly id: string;
  readonly customerIndex: number;
  readonly customerId: string;
  /** Counts the customer's subscriptions from 0. */
  readonly ordinal: number;
  /** TRIALING is a guess: the reference shows no wire value for the trial state. */
  readonly status: string;
  readonly trial: boolean;
  readonly bundle: Bundle;
  readonly licenses: number;
  /** What one billing period costs whatever the usage, in minor units of the bundle's currency. */
  readonly recurring: bigint;
  /** Run rate per month in the same unit; zero while the subscription earns nothing. */
  readonly mrr: bigint;
  /** Usage of the running period so far, in the same unit. */
  readonly usageSoFar: bigint;
  readonly minimumSpend: bigint | null;
  readonly billingMonths: 1 | 12;
  readonly dueAfterDays: number;
  readonly autoCharges: boolean;
  readonly autoRenews: boolean;
  readonly parentBilled: boolean;
  readonly tags: readonly string[];
  readonly startDate: Date;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly endDate: Date | null;
  readonly cancelDate: Date | null;
  readonly pauseDate: Date | null;
  readonly renewalDate: Date | null;
  readonly nextInvoiceDate: Date | null;
}
