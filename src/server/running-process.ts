import type { Logger } from 'pino';
import type { Config } from '../config.ts';

/** What one process of the gateway is there for: all of it, a share of the requests, or the processes that share them. */
export interface ProcessRole {
  start(config: Config, logger: Logger): Promise<RunningProcess>;
  /** Where signals are not what ends this process: calls back when it is told to end. */
  readonly whenToldToEnd?: (end: () => void) => void;
  /** Where a failed start is not to be printed: says why, and the exit code, to whoever prints it. */
  readonly reportFailure?: (message: string, exitCode: number) => Promise<void>;
}

/** A process that has started. */
export interface RunningProcess {
  /** What to print; empty: nothing. */
  readonly greeting: string;
  /**
   * Drains.
   *
   * @returns the exit code
   */
  stop(): Promise<number>;
}

/** Exit codes; wrong configuration as `sysexits.h` numbers it. */
export const EXIT_CODE = { success: 0, failure: 1, misconfigured: 78, SIGTERM: 143, SIGINT: 130 } as const;

/** Why a process could not start that another one looks after; the message may be shown. */
export class StartError extends Error {
  override readonly name = 'StartError';
  readonly exitCode: number;

  constructor(message: string, exitCode: number) {
    super(message);
    this.exitCode = exitCode;
  }
}
