import { MAX_PAGE_LIMIT } from '../../connection/stream.ts';
import type { CostSource } from '../../domain/cost/cost-source.ts';
import { instantOf, nextTokenOf } from '../http/wire-values.ts';
import { everyRow } from './every-row.ts';
import type { MetronomeLoaders } from './loaders.ts';
import { costOf, type PricingUnitNames } from './map-cost.ts';

/** The daily costs of Metronome's plans generation (metronome.md section 6). */
export function createCostSource(loaders: MetronomeLoaders): CostSource {
  const nameOf = pricingUnitNames(loaders);
  return {
    costs: (customerId, window) => ({
      key: 'METRONOME',
      provider: 'METRONOME',
      // One page size for everyone, so that a list of costs and their totals share the same calls.
      pageLimit: MAX_PAGE_LIMIT,
      async readPage(token, limit) {
        const read = { customerId, startingOn: window.from, endingBefore: window.to, token, limit };
        const page = await loaders.costPage.load(read);
        return {
          items: page.data.map((row) => ({
            id: `${row.start_timestamp}/${row.end_timestamp}`,
            date: instantOf('METRONOME', row.start_timestamp, 'cost.start_timestamp'),
            read: () => costOf(row, customerId, nameOf),
          })),
          nextToken: nextTokenOf(page.next_page),
        };
      },
    }),
  };
}

/** Nothing in the list is marked as required, id and name included (metronome.md section 10). */
function pricingUnitNames(loaders: MetronomeLoaders): PricingUnitNames {
  return async (creditTypeId) => {
    const units = everyRow((token) => loaders.pricingUnitPage.load({ token, limit: MAX_PAGE_LIMIT }));
    for await (const { id, name } of units) {
      if (id === creditTypeId) return name ?? null;
    }
    return null;
  };
}
