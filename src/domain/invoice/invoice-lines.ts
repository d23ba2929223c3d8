import { builder } from '../../builder.ts';
import { UpstreamNotFoundError } from '../../errors/upstream-error.ts';
import { connectionArguments } from '../connection/connection-type.ts';
import { planPage, readConnection } from '../connection/connection.ts';
import { cost } from '../operation-cost/field-cost.ts';
import { scopeProviders } from '../operation-cost/lookup-cost.ts';
import { pageCost } from '../operation-cost/page-cost.ts';
import type { RequestContext } from '../request-context.ts';
import type { Invoice } from './invoice.ts';
import type { InvoiceLineItem } from './invoice-line-item.ts';
import { InvoiceLineItemConnectionType } from './invoice-line-item-type.ts';
import { InvoiceType } from './invoice-type.ts';
import { lineItemStream } from './line-item-stream.ts';

builder.objectField(InvoiceType, 'lineItems', (t) =>
  t.field({
    type: InvoiceLineItemConnectionType,
    nullable: true,
    description: 'Null where the provider does not expose invoice lines (Maple).',
    // Lines come with their invoice.
    extensions: cost((question) => {
      const shown = scopeProviders(question.scope).filter((provider) => provider === 'METRONOME');
      const streams = shown.map((provider) => ({ provider, kind: null }));
      return pageCost({ ...question, defaultFirst: 50, streams });
    }),
    args: connectionArguments(50),
    resolve: (invoice, args, context, info) => {
      const binding = ['Invoice.lineItems', invoice.provider, invoice.customerId, invoice.providerId];
      const page = { context, info, args, defaultFirst: 50, binding };
      planPage(page, [invoice.provider]);
      const pageOf = (lines: readonly InvoiceLineItem[]) =>
        readConnection({ ...page, streams: [lineItemStream(invoice.provider, lines)] });
      const { lineItems } = invoice;
      switch (lineItems.kind) {
        case 'not-exposed':
          return null;
        case 'read': {
          const turn = context.takeTurn();
          return turn === null ? pageOf(lineItems.lines()) : turn.then(() => pageOf(lineItems.lines()));
        }
        case 'unread':
          return readLines(invoice, context).then(pageOf);
      }
    },
  }),
);

/** @throws UpstreamNotFoundError when the provider has forgotten the invoice in between */
async function readLines(invoice: Invoice, context: RequestContext): Promise<readonly InvoiceLineItem[]> {
  const whole = await context.sources[invoice.provider].invoices.invoice(invoice);
  if (whole?.lineItems.kind === 'read') return whole.lineItems.lines();
  throw new UpstreamNotFoundError(invoice.provider, 'The provider no longer knows this invoice.');
}
