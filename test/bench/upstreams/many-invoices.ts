import { hash } from 'node:crypto';

/** A page of Metronome invoices, as text keeps its numbers. */
const INVOICE_LIST = /^\/v1\/customers\/[^/]+\/invoices\?(.*)$/;
const FULL_PAGE = 100;
/** How the sandbox begins each of its invoices. */
const INVOICE_START = /(?<=[[,])(?=\{"id":"[^"]*","customer_id":)/;

/**
 * The body of an answer, with a hundred invoices where a page of them was asked for: the sandbox keeps twelve months of
 * each customer, so they come again under other ids. Every other body stays as it is.
 */
export function manyInvoices(url: string, body: string): string {
  const query = INVOICE_LIST.exec(url)?.[1];
  if (query === undefined || Number(new URLSearchParams(query).get('limit')) < FULL_PAGE) return body;
  const end = body.lastIndexOf('],"next_page":');
  const invoices = body
    .slice(body.indexOf('[') + 1, end)
    .split(INVOICE_START)
    .map((invoice) => invoice.replace(/,$/, ''));
  if (invoices[0] === undefined || invoices[0] === '') return body;
  const many = Array.from({ length: FULL_PAGE }, (_, place) => {
    const invoice = invoices[place % invoices.length] ?? '';
    return place < invoices.length ? invoice : renamed(invoice, place);
  });
  return `{"data":[${many.join(',')}],"next_page":null}`;
}

function renamed(invoice: string, place: number): string {
  return invoice.replace(/^\{"id":"([^"]*)"/, (_, id: string) => {
    const hex = hash('sha256', `${id}:${place}`, 'hex');
    const parts = [hex.slice(0, 8), hex.slice(8, 12), `5${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`];
    return `{"id":"${[...parts, hex.slice(20, 32)].join('-')}"`;
  });
}
