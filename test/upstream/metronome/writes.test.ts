import { describe, expect, it } from 'vitest';
import { UpstreamNotFoundError } from '../../../src/errors/upstream-error.ts';
import { createMetronomeSource } from '../../../src/upstream/metronome/source.ts';
import type { MetronomeInvoice } from '../../../src/upstream/metronome/wire.gen.ts';
import { ENDLESS, type RecordingUpstream } from '../recording-upstream.ts';
import { CHARGE_ID, CUSTOMER_ID, draft, invoicesUpstream, newCharge, part } from './charge-upstream.ts';
import { num, wireLine } from './wire-builders.ts';

function writesOver({ client }: RecordingUpstream) {
  return createMetronomeSource({ client, signal: ENDLESS, now: () => new Date(0), sandbox: true }).writes;
}

describe('an added Metronome charge', () => {
  async function added(place: string, ...invoices: readonly MetronomeInvoice[]) {
    const upstream = await invoicesUpstream(...invoices);
    return writesOver(upstream).addedCharges(CUSTOMER_ID, newCharge(), [place]);
  }

  it('is read from the invoice, exact and in major units', async () => {
    expect(await added('1', draft([part({ quantity: num('2.0'), subtotal: num('2500.00') })]))).toMatchObject(
      [
        {
          provider: 'METRONOME',
          providerId: `draft-1:${CHARGE_ID}:0`,
          name: 'Workshop',
          quantity: '2.0',
          unitPrice: { amount: '12.50' },
          total: { amount: '25.00' },
          customer: { providerId: CUSTOMER_ID },
          status: 'DRAFT',
        },
      ],
    );
  });

  it.each([
    ['1', `draft-1:${CHARGE_ID}:0`],
    ['2', `draft-1:${CHARGE_ID}:1`],
    ['3', `draft-2:${CHARGE_ID}:0`],
  ])('is the one at its place among alike ones: %s', async (place, providerId) => {
    const charges = await added(place, draft([part(), part()]), draft([part()], { id: 'draft-2' }));
    expect(charges).toMatchObject([{ providerId }]);
  });

  it('is one with its description where the one at its place has another', async () => {
    const charges = await added('2', draft([part(), part({ name: 'Another' })]));
    expect(charges).toMatchObject([{ providerId: `draft-1:${CHARGE_ID}:0` }]);
  });

  it('is known by the name of its line as well', async () => {
    const lines = [
      wireLine({ name: 'Another', sub_line_items: [part({ name: 'Onboarding' })] }),
      wireLine({ name: 'Workshop', sub_line_items: [part({ name: 'Onboarding' })] }),
    ];
    expect(await added('1', draft([], { line_items: lines }))).toMatchObject([
      { providerId: `draft-1:${CHARGE_ID}:1` },
    ]);
  });

  it('is the one at its place where no description is shown', async () => {
    const charges = await added('2', draft([part({ name: 'A' }), part({ name: 'B' })]));
    expect(charges).toMatchObject([{ providerId: `draft-1:${CHARGE_ID}:1`, name: 'B' }]);
  });

  it('is missed where the provider does not show it', async () => {
    await expect(added('1', draft([part({ quantity: num('3') })]))).rejects.toThrow(UpstreamNotFoundError);
    await expect(added('2', draft([part({ name: 'Another' })]))).rejects.toThrow(
      'does not show the new charge yet',
    );
  });

  it('is read once in a request, however often it is asked for', async () => {
    const upstream = await invoicesUpstream(draft([part()]));
    const writes = writesOver(upstream);
    const both = [1, 2].map(() => writes.addedCharges(CUSTOMER_ID, newCharge(), ['1']));
    expect(await Promise.all(both)).toHaveLength(2);
    expect(upstream.calls()).toEqual(['GET /v1/customers/customer-1/invoices']);
  });
});
