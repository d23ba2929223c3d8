import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { readsLines } from '../../../src/domain/invoice/reads-lines.ts';

describe('readsLines', () => {
  it.each([
    ['lines of an invoice', '{ invoice(id: "x") { lineItems { totalCount } } }'],
    ['lines under another name', '{ invoice(id: "x") { lines: lineItems { totalCount } } }'],
    [
      'lines in a fragment',
      '{ invoice(id: "x") { ...F } } fragment F on Invoice { lineItems { totalCount } }',
    ],
    [
      'lines that a variable asks for',
      'query ($l: Boolean!) { invoice(id: "x") { lineItems @include(if: $l) { totalCount } } }',
    ],
    [
      'one-time charges, which are parts of lines',
      '{ account(identifier: "x") { charges { nodes { id } } } }',
    ],
  ])('sees %s', (_what, document) => {
    expect(readsLines(parse(document))).toBe(true);
  });

  it('sees none where none are asked for', () => {
    const document = parse(
      '{ account(identifier: "lineItems") { lineItems: name invoices { nodes { id } } } }',
    );
    expect(readsLines(document)).toBe(false);
    expect(readsLines(document)).toBe(false);
  });
});
