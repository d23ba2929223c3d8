import { findPage } from '../find/find-list.ts';
import { notFound, refused } from '../maple-error.ts';
import type { MapleState } from '../maple-state.ts';
import { postRoute, readRoute, type MapleRoute } from '../request/maple-route.ts';
import { invoiceList, writeInvoice } from './invoice-list.ts';
import { nextInvoice } from './next-invoice.ts';

/** States from which an invoice can be voided; the reference only says "by hand", so those that still wait for money. */
const VOIDABLE: ReadonlySet<string> = new Set(['DRAFT', 'PENDING', 'OVERDUE']);

/** The invoice operations of maple.md section 6.2 that the sandbox plays. */
export function invoiceRoutes(state: MapleState): readonly MapleRoute[] {
  const list = invoiceList(state);
  return [
    postRoute('/invoices/find', (body) => findPage(list, body, state.maxPageSize)),
    postRoute('/invoices/next', (body) => nextInvoice(state, body)),
    readRoute('/invoices', 'Invoice', (uuid) => {
      const invoice = state.billing.invoice(uuid);
      return invoice && writeInvoice(state, invoice);
    }),
    {
      method: 'POST',
      path: '/invoices/{uuid}/void',
      handler({ params }) {
        const invoice = state.billing.invoice(params['uuid'] ?? '');
        if (invoice === undefined) throw notFound('Invoice');
        if (!VOIDABLE.has(invoice.status))
          throw refused(`An invoice that is ${invoice.status} cannot be voided`);
        const voided = { ...invoice, status: 'VOID', updatedAt: state.now };
        state.billing.replaceInvoice(voided);
        return { status: 200, body: writeInvoice(state, voided) };
      },
    },
  ];
}
