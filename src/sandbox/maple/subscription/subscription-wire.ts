import { catalogItem } from '../catalog/item.ts';
import { metricPricingId } from '../catalog/product-pricing.ts';
import { MAPLE_COMPANY_ID } from '../maple-company-id.ts';
import { wireMoney } from '../wire/money.ts';
import { wireTimestamp, wireTimestampOrNull } from '../wire/timestamp.ts';
import type { WireObject } from '../wire/wire-object.ts';
import type { SubscriptionRecord } from './subscription-record.ts';

/** A subscription as REST answers it (maple.md section 5.1) with its customer expanded. */
export function subscriptionWire(subscription: SubscriptionRecord, customer: WireObject): WireObject {
  const { bundle, mrr, minimumSpend } = subscription;
  const variant = subscription.customerIndex + subscription.ordinal;
  const at = (instant: Date | null) => wireTimestampOrNull(instant, variant);
  return {
    id: subscription.id,
    company_id: MAPLE_COMPANY_ID,
    customer_id: subscription.customerId,
    customer,
    bundle_pricing_id: bundle.id,
    status: subscription.status,
    trial: subscription.trial,
    mrr: wireMoney(mrr, bundle.currency),
    arr: wireMoney(mrr * 12n, bundle.currency),
    minimum_spend: minimumSpend === null ? undefined : wireMoney(minimumSpend, bundle.currency),
    auto_charges: subscription.autoCharges,
    auto_renews: subscription.autoRenews,
    term: { count: bundle.termCount, frequency: bundle.termFrequency },
    config_items: configItems(subscription),
    plans: bundle.pricings.map((pricing) => ({ product_pricing_id: pricing.id, quantity: 1 })),
    tags: subscription.tags,
    metadata: {},
    computed_entitlements: null,
    override_entitlements: null,
    invoice_additional_display_fields: null,
    invoice_due_date_from_creation: subscription.dueAfterDays,
    invoice_payment_instructions: null,
    cancel_config: null,
    change_config: null,
    pause_config: null,
    payment_method: null,
    billing_anchor_date: wireTimestamp(subscription.startDate, variant),
    start_date: wireTimestamp(subscription.startDate, variant),
    end_date: at(subscription.endDate),
    cancel_date: at(subscription.cancelDate),
    change_date: null,
    pause_date: at(subscription.pauseDate),
    renewal_date: at(subscription.renewalDate),
    next_invoice_date: at(subscription.nextInvoiceDate),
    created_at: wireTimestamp(subscription.createdAt, variant),
    updated_at: wireTimestamp(subscription.updatedAt, variant),
  };
}

function configItems(subscription: SubscriptionRecord): readonly WireObject[] {
  return subscription.bundle.pricings.flatMap((pricing) =>
    pricing.items.map((priced, place) => {
      const isCounted = catalogItem(priced.item).type === 'CUSTOM_OBJ';
      return {
        product_pricing_id: pricing.id,
        product_metric_pricing_id: metricPricingId(pricing, place),
        num_licenses: isCounted ? subscription.licenses : 0,
        minimum_units: 0,
        quantity_config: { allow_custom_quantity: isCounted, min_quantity: 1, max_quantity: 1_000 },
        hide_at_checkout: null,
        sort_order: place,
        upsell_product_metric_pricing_id: null,
      };
    }),
  );
}
