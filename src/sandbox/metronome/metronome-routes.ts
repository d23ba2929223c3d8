import type { Route } from '../http/router.ts';
import { archiveCustomer, createCustomer, getCustomer, listCustomers } from './customer-operations.ts';
import { addCharge, regenerateInvoice, voidInvoice } from './invoice-changes.ts';
import { getInvoice, listCosts, listInvoices } from './invoice-operations.ts';
import type { MetronomeOperation } from './metronome-call.ts';
import {
  getPlanDetails,
  listCustomerPlans,
  listPlanCharges,
  listPlanCustomers,
  listPlans,
  listPricingUnits,
} from './plan-operations.ts';

/** Every operation that the Metronome sandbox serves. */
export const METRONOME_ROUTES: readonly Route<MetronomeOperation>[] = [
  { method: 'GET', path: '/v1/customers', handler: listCustomers },
  { method: 'POST', path: '/v1/customers', handler: createCustomer },
  { method: 'POST', path: '/v1/customers/archive', handler: archiveCustomer },
  { method: 'GET', path: '/v1/customers/{customer_id}', handler: getCustomer },
  { method: 'GET', path: '/v1/customers/{customer_id}/plans', handler: listCustomerPlans },
  { method: 'GET', path: '/v1/customers/{customer_id}/costs', handler: listCosts },
  { method: 'GET', path: '/v1/customers/{customer_id}/invoices', handler: listInvoices },
  { method: 'GET', path: '/v1/customers/{customer_id}/invoices/{invoice_id}', handler: getInvoice },
  { method: 'POST', path: '/v1/customers/{customer_id}/addCharge', handler: addCharge },
  { method: 'GET', path: '/v1/plans', handler: listPlans },
  { method: 'GET', path: '/v1/planDetails/{plan_id}', handler: getPlanDetails },
  { method: 'GET', path: '/v1/planDetails/{plan_id}/charges', handler: listPlanCharges },
  { method: 'GET', path: '/v1/planDetails/{plan_id}/customers', handler: listPlanCustomers },
  { method: 'POST', path: '/v1/invoices/void', handler: voidInvoice },
  { method: 'POST', path: '/v1/invoices/regenerate', handler: regenerateInvoice },
  { method: 'GET', path: '/v1/credit-types/list', handler: listPricingUnits },
];
