import { builder } from '../../builder.ts';
import { UpstreamError } from '../../errors/upstream-error.ts';
import type { Effect, Write } from '../../write/write.ts';
import type { OneTimeCharge } from '../charge/charge.ts';
import { OneTimeChargeType } from '../charge/one-time-charge-type.ts';
import type { CustomerRef } from '../customer/customer.ts';
import { CUSTOMER_REFERENCE, resolveCustomerReference } from '../customer/customer-reference.ts';
import { CustomerType } from '../customer/customer-type.ts';
import { cost } from '../operation-cost/field-cost.ts';
import type { BillingSources } from '../provider/billing-source.ts';
import type { RequestContext } from '../request-context.ts';
import { checkCharge } from './check-charge.ts';
import { checkIdempotencyKey } from './check-idempotency-key.ts';
import { mutationErrorOf } from './failed-write.ts';
import type { MutationError } from './mutation-error.ts';
import { MUTATION_ERROR_TYPES } from './mutation-error-type.ts';
import { customerTarget } from './mutation-target.ts';
import type { NewCharge } from './new-charge.ts';
import { AddOneTimeChargeInputType } from './one-time-charge-input.ts';
import { chargeWriteCost, WRITTEN_CHARGES } from './write-cost.ts';
import type { FieldPlace } from '../selection.ts';

interface AddOneTimeChargeSuccess {
  readonly type: 'AddOneTimeChargeSuccess';
  readonly customer: CustomerRef;
  readonly charge: NewCharge;
  readonly effect: Effect;
  /** Null where they have to be read. */
  readonly charges: readonly OneTimeCharge[] | null;
}

const AddOneTimeChargeSuccessType = builder
  .objectRef<AddOneTimeChargeSuccess>('AddOneTimeChargeSuccess')
  .implement({
    description: 'The charges were added.',
    fields: (t) => ({
      charges: t.field({
        type: [OneTimeChargeType],
        description:
          'The charges, read after the write. Where that fails, the list is empty and there is an error beside it.',
        extensions: WRITTEN_CHARGES,
        resolve: (success, _, context, info) => addedCharges(success, context, info),
      }),
      customer: t.field({
        type: CustomerType,
        nullable: true,
        description: 'Who is charged.',
        extensions: CUSTOMER_REFERENCE,
        resolve: ({ customer }, _, context, info) => resolveCustomerReference(customer, context, info),
      }),
    }),
  });

const AddOneTimeChargeResultType = builder.unionType('AddOneTimeChargeResult', {
  description: 'The charges, or why there are none.',
  types: [AddOneTimeChargeSuccessType, ...MUTATION_ERROR_TYPES],
  resolveType: ({ type }) => type,
});

builder.mutationField('addOneTimeCharge', (t) =>
  t.field({
    type: AddOneTimeChargeResultType,
    description: 'Charges a customer once, however often it is retried with the same key.',
    extensions: cost(chargeWriteCost),
    args: {
      input: t.arg({
        type: AddOneTimeChargeInputType,
        required: true,
        description: 'What to charge, and to whom.',
      }),
    },
    resolve: (_, { input }, context) => addOneTimeCharge(input, context),
  }),
);

async function addOneTimeCharge(
  { idempotencyKey, customerId, charge: input }: typeof AddOneTimeChargeInputType.$inferInput,
  context: RequestContext,
): Promise<AddOneTimeChargeSuccess | MutationError> {
  const badKey = checkIdempotencyKey(idempotencyKey);
  if (badKey !== null) return badKey;
  const customer = customerTarget(customerId);
  if ('type' in customer) return customer;
  const charge = checkCharge(input, customer.provider, 'charge');
  if ('type' in charge) return charge;
  const outcome = await context.runWrite(writeOf(charge, customer, context.sources), idempotencyKey);
  if (outcome.kind !== 'succeeded') return mutationErrorOf(outcome, customer.provider, idempotencyKey);
  const { effect, result: charges } = outcome;
  return { type: 'AddOneTimeChargeSuccess', customer, charge, effect, charges };
}

function writeOf(
  charge: NewCharge,
  { providerId }: CustomerRef,
  sources: BillingSources,
): Write<readonly OneTimeCharge[] | null> {
  switch (charge.provider) {
    case 'METRONOME':
      return sources.METRONOME.writes.addOneTimeCharge(providerId, charge);
    case 'MAPLE':
      return sources.MAPLE.writes.addOneTimeCharge(providerId, charge);
  }
}

/** A read that fails is reported: the charges themselves were added. */
async function addedCharges(
  success: AddOneTimeChargeSuccess,
  context: RequestContext,
  info: FieldPlace,
): Promise<readonly OneTimeCharge[]> {
  try {
    return success.charges ?? (await readCharges(success, context.sources));
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    context.reportFailure(error, info);
    return [];
  }
}

function readCharges(
  { charge, customer, effect }: AddOneTimeChargeSuccess,
  sources: BillingSources,
): Promise<readonly OneTimeCharge[]> {
  switch (charge.provider) {
    case 'METRONOME':
      return sources.METRONOME.writes.addedCharges(customer.providerId, charge, effect);
    case 'MAPLE':
      return sources.MAPLE.writes.addedCharges(customer.providerId, charge, effect);
  }
}
