import { builder } from '../../builder.ts';
import { readAll } from '../../connection/read-all.ts';
import { BadUserInputError } from '../../errors/gateway-error.ts';
import { sumByUnit } from '../../money/money.ts';
import { compareInstants } from '../../time/instant.ts';
import { accountStreams } from '../account/account-streams.ts';
import { AccountType } from '../account/account-type.ts';
import { connectionArguments } from '../connection/connection-type.ts';
import { readConnection } from '../connection/connection.ts';
import { CustomerType } from '../customer/customer-type.ts';
import { MoneyType } from '../money/money-type.ts';
import { cost } from '../operation-cost/field-cost.ts';
import { PROVIDERS } from '../../provider.ts';
import type { CostWindow } from './cost-source.ts';
import { costsCost, costTotalsCost } from './costs-cost.ts';
import { CostConnectionType } from './cost-type.ts';

const windowArguments = builder.args((t) => ({
  from: t.field({ type: 'DateTime', required: true, description: 'Start of the window, inclusive.' }),
  to: t.field({
    type: 'DateTime',
    required: true,
    description: 'End of the window, exclusive, and after `from`.',
  }),
}));

/** @throws BadUserInputError unless the window has a length */
function costWindow({ from, to }: CostWindow): CostWindow {
  if (compareInstants(from, to) >= 0) throw new BadUserInputError('"from" must be before "to".');
  return { from, to };
}

const DESCRIPTION =
  'What has been run up and not yet invoiced: one cost per day (Metronome), or per subscription whose next invoice ' +
  'falls into the window (Maple).';

builder.objectField(CustomerType, 'costs', (t) =>
  t.field({
    type: CostConnectionType,
    nullable: true,
    description: DESCRIPTION,
    extensions: cost((question) => costsCost(question, 1)),
    args: { ...windowArguments, ...connectionArguments(31) },
    resolve: ({ provider, providerId }, args, context, info) => {
      const window = costWindow(args);
      return readConnection({
        context,
        info,
        args,
        defaultFirst: 31,
        binding: ['Customer.costs', provider, providerId, window.from, window.to],
        streams: [context.sources[provider].costs.costs(providerId, window)],
      });
    },
  }),
);

builder.objectFields(AccountType, (t) => ({
  costs: t.field({
    type: CostConnectionType,
    nullable: true,
    description: `${DESCRIPTION} Both systems.`,
    extensions: cost((question) => costsCost(question, PROVIDERS.length)),
    args: { ...windowArguments, ...connectionArguments(31) },
    resolve: (account, args, context, info) => {
      const window = costWindow(args);
      return readConnection({
        context,
        info,
        args,
        defaultFirst: 31,
        binding: ['Account.costs', account.identifier, window.from, window.to],
        streams: accountStreams(account, context, ({ costs }, customerId) => costs.costs(customerId, window)),
      });
    },
  }),
  costTotals: t.field({
    type: [MoneyType],
    nullable: true,
    description:
      'Sum over both systems of costs in the window, one amount per pricing unit; amounts in different units are never ' +
      'added. Null, with the error, when either system fails: a partial sum is never shown as a sum.',
    extensions: cost(costTotalsCost),
    args: windowArguments,
    resolve: async (account, args, context) => {
      const window = costWindow(args);
      const streams = accountStreams(account, context, ({ costs }, customerId) =>
        costs.costs(customerId, window),
      );
      const costs = await Promise.all(streams.map(readAll));
      return sumByUnit(costs.flat().flatMap(({ amounts }) => amounts.map(({ total }) => total)));
    },
  }),
}));
