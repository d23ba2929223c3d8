import type { RecordedRequest, SandboxFault } from '../../src/sandbox/http/sandbox-server.ts';

type FaultRule = (request: RecordedRequest) => SandboxFault | undefined;

/** Faults of a running sandbox that a test turns on and off; none to begin with. */
export interface FaultSwitch {
  /** To be given to the sandbox when it starts. */
  readonly onRequest: FaultRule;
  /** From now on every request gets this fault, or what the rule says. */
  turnOn(fault: SandboxFault | FaultRule): void;
  turnOff(): void;
}

/** A new switch, off. */
export function createFaultSwitch(): FaultSwitch {
  let rule: FaultRule | undefined;
  return {
    onRequest: (request) => rule?.(request),
    turnOn(fault) {
      rule = typeof fault === 'function' ? fault : () => fault;
    },
    turnOff() {
      rule = undefined;
    },
  };
}
