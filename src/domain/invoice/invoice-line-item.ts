import type { JsonObject } from '../../json/json-object.ts';
import type { Decimal } from '../../money/decimal.ts';
import type { Money } from '../../money/money.ts';
import type { Instant } from '../../time/instant.ts';
import type { ProductReference } from '../charge/charge.ts';

/** One line of an invoice. Providers give lines no id. */
export interface InvoiceLineItem {
  readonly name: string;
  /** As the provider spells it. */
  readonly lineType: string;
  readonly quantity: Decimal | null;
  readonly unitPrice: Money | null;
  readonly total: Money;
  readonly startsAt: Instant | null;
  readonly endsAt: Instant | null;
  readonly isProrated: boolean | null;
  readonly product: ProductReference | null;
  readonly groupKey: string | null;
  readonly groupValue: string | null;
  readonly customFields: JsonObject;
  /** Made only when they are asked for. Throws UpstreamError for one that fits no model. */
  readonly subLineItems: () => readonly InvoiceSubLineItem[];
}

/** One charge, or one credit, inside a line. */
export interface InvoiceSubLineItem {
  readonly name: string;
  readonly quantity: Decimal;
  readonly unitPrice: Money | null;
  readonly subtotal: Money;
  readonly chargeId: string | null;
  readonly creditGrantId: string | null;
  readonly startsAt: Instant | null;
  readonly endsAt: Instant | null;
  readonly tierPeriod: TierPeriod | null;
  readonly tiers: readonly InvoiceTier[];
  readonly customFields: JsonObject;
}

/** The window over which tiers are counted. */
export interface TierPeriod {
  readonly startsAt: Instant;
  readonly endsAt: Instant | null;
}

/** What was billed in one tier. */
export interface InvoiceTier {
  readonly startsAt: Decimal;
  readonly quantity: Decimal;
  readonly unitPrice: Money;
  readonly subtotal: Money;
}
