import { MAX_PAGE_LIMIT, type Stream } from '../../connection/stream.ts';
import type { ChargeSource } from '../../domain/charge/charge-source.ts';
import type { PlanCharge } from '../../domain/charge/charge.ts';
import type { PlanRef } from '../../domain/plan/plan.ts';
import { UpstreamNotFoundError } from '../../errors/upstream-error.ts';
import { nextTokenOf } from '../http/wire-values.ts';
import { everyRow } from './every-row.ts';
import type { MetronomeLoaders } from './loaders.ts';
import { planChargeOf } from './map-plan-charge.ts';
import { oneTimeChargeByPath, oneTimeChargeStream } from './one-time-charges.ts';

/** The charges of Metronome's plans generation (metronome.md sections 4 and 7). */
export function createChargeSource(loaders: MetronomeLoaders): ChargeSource {
  return {
    planCharges: (plan) => Promise.resolve(plan.kind === 'PLAN' ? planChargeStream(loaders, plan) : null),
    planCharge: (plan, chargeId) => planChargeById(loaders, plan, chargeId),
    oneTimeCharges: (customerId) => oneTimeChargeStream(loaders, customerId),
    oneTimeCharge: (path) => oneTimeChargeByPath(loaders, path),
    // Plan charges carry the name of their product, and this generation has no operation for products.
    productName: () => Promise.resolve(null),
  };
}

function planChargeStream(loaders: MetronomeLoaders, plan: PlanRef): Stream<PlanCharge> {
  return {
    key: 'METRONOME',
    provider: 'METRONOME',
    undated: true,
    // One page size for everyone who asks for the charges of a plan, so that all share the same calls.
    pageLimit: MAX_PAGE_LIMIT,
    async readPage(token, limit) {
      const page = await loaders.planChargePage.load({ planId: plan.providerId, token, limit });
      return {
        items: page.data.map((row) => ({ id: row.id, date: null, read: () => planChargeOf(row, plan) })),
        nextToken: nextTokenOf(page.next_page),
      };
    },
  };
}

async function planChargeById(
  loaders: MetronomeLoaders,
  plan: PlanRef,
  chargeId: string,
): Promise<PlanCharge | null> {
  if (plan.kind !== 'PLAN') return null;
  const rows = everyRow((token) =>
    loaders.planChargePage.load({ planId: plan.providerId, token, limit: MAX_PAGE_LIMIT }),
  );
  try {
    for await (const row of rows) {
      if (row.id === chargeId) return planChargeOf(row, plan);
    }
  } catch (error) {
    // There is no operation for one charge: a charge of an unknown plan is itself unknown.
    if (!(error instanceof UpstreamNotFoundError)) throw error;
  }
  return null;
}
