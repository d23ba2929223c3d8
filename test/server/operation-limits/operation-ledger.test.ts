import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { OperationTooComplexError } from '../../../src/errors/gateway-error.ts';
import {
  countingObserver,
  OperationLedger,
  OperationLedgers,
} from '../../../src/server/operation-limits/operation-ledger.ts';
import { NO_OBSERVER } from '../../../src/upstream/http/upstream-observer.ts';

const CALL = { provider: 'MAPLE', operation: 'getInvoice', attempt: 1 } as const;

describe('an operation ledger', () => {
  it('counts, and ends what goes beyond a limit', () => {
    const ledger = new OperationLedger({ nodes: 5, upstreamCalls: 2 });
    ledger.countNodes(5);
    ledger.countCall(false);
    ledger.countCall(false);
    expect(ledger.actual).toEqual({ nodes: 5, upstreamCalls: 2 });
    expect(() => ledger.countNodes(1)).toThrow(
      new OperationTooComplexError('The answer has more than 5 nodes.'),
    );
    expect(() => ledger.countCall(false)).toThrow(
      new OperationTooComplexError('The operation takes more than 2 upstream calls.'),
    );
  });

  it('does not count a call that it does not let through', () => {
    const ledger = new OperationLedger({ nodes: 1, upstreamCalls: 0 });
    expect(() => ledger.countCall(false)).toThrow(OperationTooComplexError);
    expect(ledger.actual.upstreamCalls).toBe(0);
  });

  it('counts the calls of a write and never ends one', () => {
    const ledger = new OperationLedger({ nodes: 1, upstreamCalls: 1 });
    for (let call = 0; call < 3; call += 1) ledger.countCall(true);
    expect(ledger.actual.upstreamCalls).toBe(3);
  });
});

describe('operation ledgers', () => {
  it('count what is under way in the ledger of its own operation', async () => {
    const ledgers = new OperationLedgers();
    const { begin } = countingObserver(NO_OBSERVER, ledgers);
    const [one, other] = [1, 2].map(() => new OperationLedger({ nodes: 1, upstreamCalls: 9 }));
    if (one === undefined || other === undefined) throw new Error('there are two');
    await Promise.all([
      ledgers.run(one, async () => {
        await setImmediate();
        begin(CALL);
      }),
      ledgers.run(other, async () => {
        begin(CALL);
        await setImmediate();
        await ledgers.runWrite(async () => {
          await setImmediate();
          begin(CALL);
        });
      }),
    ]);
    begin(CALL);
    expect([one.actual.upstreamCalls, other.actual.upstreamCalls]).toEqual([1, 2]);
  });

  it('let a write go beyond the limit, and nothing after it', async () => {
    const ledgers = new OperationLedgers();
    const { begin } = countingObserver(NO_OBSERVER, ledgers);
    const ledger = new OperationLedger({ nodes: 1, upstreamCalls: 1 });
    await ledgers.run(ledger, async () => {
      begin(CALL);
      await ledgers.runWrite(async () => {
        await setImmediate();
        begin(CALL);
      });
      expect(() => begin(CALL)).toThrow(OperationTooComplexError);
    });
    expect(ledger.actual.upstreamCalls).toBe(2);
  });
});
