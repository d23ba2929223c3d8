import Big from 'big.js';
import type { Company } from '../dataset/companies.ts';
import { addUtcMonths, startOfUtcMonth } from '../sandbox-clock.ts';
import { seededRandom, type SeededRandom } from '../seeded-random.ts';
import { ENTERPRISE } from './enterprise-plan.ts';
import { metronomeId } from './metronome-id.ts';
import { PAY_AS_YOU_GO_EUR, SCALE_EUR, TOKENS } from './other-unit-plans.ts';
import type { PlanDefinition } from './plan-definition.ts';
import { GROWTH, PAY_AS_YOU_GO, STARTER, TEAM_SEATS } from './usd-plans.ts';
import type { CustomerPlan } from './wire-types.ts';
import { wireMilliseconds, wireSeconds } from './wire-time.ts';

/** A company's time on a plan; both instants are midnight UTC on the first of a month. */
export interface CompanyPlan {
  /** The customer plan id. */
  readonly id: string;
  readonly plan: PlanDefinition;
  readonly startingOn: Date;
  readonly endingBefore: Date | undefined;
  readonly trialEndingBefore: Date | undefined;
  readonly netPaymentTermsDays: number | undefined;
}

/** Months before the clock's; positive in the past. */
interface Span {
  readonly plan: PlanDefinition;
  readonly startMonthsAgo: number;
  readonly endMonthsAgo?: number;
  readonly trial?: boolean;
}

/**
 * The plans of a company, newest first (metronome.md section 5): mostly one open-ended plan, for some an ended one, an
 * upcoming one or none. Never two at once, never twice the same plan.
 */
export function companyPlans(company: Company, now: Date): readonly CompanyPlan[] {
  const random = seededRandom(`customer-plans:${company.index}`);
  const netPaymentTermsDays = random.pick([30, 30, 14, 0, null]);
  const month = startOfUtcMonth(now);
  return spans(company, now, random).map((span) => {
    const startingOn = addUtcMonths(month, -span.startMonthsAgo);
    return {
      id: metronomeId('customer-plan', company.index, `${span.plan.detail.id}:${wireSeconds(startingOn)}`),
      plan: span.plan,
      startingOn,
      endingBefore: span.endMonthsAgo === undefined ? undefined : addUtcMonths(month, -span.endMonthsAgo),
      trialEndingBefore: span.trial === true ? addUtcMonths(startingOn, 1) : undefined,
      netPaymentTermsDays: company.index === 0 ? 30 : (netPaymentTermsDays ?? undefined),
    };
  });
}

function spans(company: Company, now: Date, random: SeededRandom): readonly Span[] {
  if (company.index === 0) {
    return [
      { plan: ENTERPRISE, startMonthsAgo: 10 },
      { plan: STARTER, startMonthsAgo: 12, endMonthsAgo: 10 },
    ];
  }
  const [plan, otherPlan] = planChoices(company, random);
  const oldest = wholeMonthsSince(company.createdAt, now);
  if (company.index < 10) return [{ plan, startMonthsAgo: oldest }];
  const startMonthsAgo = random.integer(1, Math.min(28, oldest - 2));
  const form = random.next();
  if (company.metronome === 'archived')
    return [{ plan, startMonthsAgo: startMonthsAgo + 2, endMonthsAgo: 2 }];
  if (form < 0.08) return [];
  if (form < 0.16) return [{ plan, startMonthsAgo: startMonthsAgo + 1, endMonthsAgo: 1 }];
  if (form < 0.28) {
    const change = Math.ceil(startMonthsAgo / 2);
    return [
      { plan, startMonthsAgo: change },
      { plan: otherPlan, startMonthsAgo: startMonthsAgo + 1, endMonthsAgo: change },
    ];
  }
  if (form < 0.33) return [{ plan, startMonthsAgo: -1 }];
  if (form < 0.38) {
    return [
      { plan: otherPlan, startMonthsAgo: -1 },
      { plan, startMonthsAgo, endMonthsAgo: -1 },
    ];
  }
  if (form < 0.46) return [{ plan, startMonthsAgo: 0, trial: true }];
  if (form < 0.54) return [{ plan, startMonthsAgo, trial: true }];
  return [{ plan, startMonthsAgo }];
}

/** Two different plans in the company's unit. */
function planChoices(company: Company, random: SeededRandom): readonly [PlanDefinition, PlanDefinition] {
  switch (company.metronomeUnit) {
    case 'USD': {
      const plans = [GROWTH, STARTER, PAY_AS_YOU_GO, TEAM_SEATS, ENTERPRISE] as const;
      const plan = random.pick(plans);
      return [plan, random.pick(plans.filter((other) => other !== plan))];
    }
    case 'EUR':
      return random.chance(0.5) ? [SCALE_EUR, PAY_AS_YOU_GO_EUR] : [PAY_AS_YOU_GO_EUR, SCALE_EUR];
    case 'CUSTOM':
      return [TOKENS, PAY_AS_YOU_GO];
  }
}

function wholeMonthsSince(instant: Date, now: Date): number {
  const months =
    (now.getUTCFullYear() - instant.getUTCFullYear()) * 12 + now.getUTCMonth() - instant.getUTCMonth();
  // The month of creation itself is not a whole one.
  return Math.max(1, months - 1);
}

/** A company's plan as GET /v1/customers/{id}/plans shows it (metronome.md section 5). */
export function wireCustomerPlan(companyPlan: CompanyPlan): CustomerPlan {
  const { plan, endingBefore, trialEndingBefore, netPaymentTermsDays } = companyPlan;
  return {
    id: companyPlan.id,
    plan_id: plan.detail.id,
    plan_name: plan.detail.name,
    plan_description: plan.detail.description,
    starting_on: wireSeconds(companyPlan.startingOn),
    ...(endingBefore && { ending_before: wireMilliseconds(endingBefore) }),
    custom_fields: plan.detail.custom_fields,
    ...(netPaymentTermsDays !== undefined && { net_payment_terms_days: netPaymentTermsDays }),
    ...(trialEndingBefore && {
      trial_info: {
        ending_before: wireSeconds(trialEndingBefore),
        spending_caps: [
          {
            credit_type: plan.creditType,
            amount: new Big('50000'),
            amount_remaining: new Big('12345.67'),
          },
        ],
      },
    }),
  };
}
