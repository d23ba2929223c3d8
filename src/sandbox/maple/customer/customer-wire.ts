import { MAPLE_COMPANY_ID } from '../maple-company-id.ts';
import { wireMoney } from '../wire/money.ts';
import { wireTimestamp } from '../wire/timestamp.ts';
import type { WireObject } from '../wire/wire-object.ts';
import type { CustomerRecord } from './customer-record.ts';

/** A customer as REST answers it (maple.md section 3.1); `mrr` in minor units of its currency. */
export function customerWire(customer: CustomerRecord, mrr: bigint): WireObject {
  return {
    id: customer.id,
    company_id: MAPLE_COMPANY_ID,
    identifier: customer.identifier,
    name: customer.name,
    org_name: customer.orgName,
    display_name: customer.name,
    email: customer.email,
    billing_emails: customer.billingEmails,
    phone: customer.phone,
    title: customer.title,
    locale: customer.locale,
    status: customer.status,
    address: customer.address,
    mrr: wireMoney(mrr, customer.currency),
    arr: wireMoney(mrr * 12n, customer.currency),
    tags: customer.tags,
    metadata: customer.metadata,
    customer_integration_metadata: {},
    integration_references: [],
    computed_entitlements: null,
    owner_id: customer.ownerId,
    parent_customer_id: customer.parentCustomerId,
    exclude_from_metrics: customer.excludeFromMetrics,
    managed_externally: customer.managedExternally,
    created_at: wireTimestamp(customer.createdAt, customer.index),
    updated_at: wireTimestamp(customer.updatedAt, customer.index),
  };
}
