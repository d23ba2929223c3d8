import { builder } from '../../builder.ts';
import type { OneTimeCharge } from '../charge/charge.ts';
import { OneTimeChargeType } from '../charge/one-time-charge-type.ts';
import type { CustomerReference } from '../customer/customer.ts';
import { CustomerType } from '../customer/customer-type.ts';
import { MUTATION_ERROR_TYPES } from './mutation-error-type.ts';
import { refuseWrite } from './mutation-target.ts';
import { AddOneTimeChargeInputType } from './one-time-charge-input.ts';

interface AddOneTimeChargeSuccess {
  readonly type: 'AddOneTimeChargeSuccess';
  readonly charges: readonly OneTimeCharge[];
  readonly customer: CustomerReference | null;
}

const AddOneTimeChargeSuccessType = builder
  .objectRef<AddOneTimeChargeSuccess>('AddOneTimeChargeSuccess')
  .implement({
    description: 'The charges were added.',
    fields: (t) => ({
      charges: t.expose('charges', {
        type: [OneTimeChargeType],
        description: 'The charges, read after the write.',
      }),
      customer: t.expose('customer', { type: CustomerType, nullable: true, description: 'Who is charged.' }),
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
    description: 'Charges a customer once. This version refuses every write before anything is sent.',
    args: {
      input: t.arg({
        type: AddOneTimeChargeInputType,
        required: true,
        description: 'What to charge, and to whom.',
      }),
    },
    resolve: (_, { input }) => refuseWrite('Customer', input.customerId, 'customerId'),
  }),
);
