import { pino, type DestinationStream, type Logger } from 'pino';
import { requestScope } from './request-scope.ts';

/**
 * Several lines go out in one write, since a write of its own for each request takes longer than making its line. They wait
 * for this many milliseconds at most, and go out before the process ends. Several processes may share one pipe, which takes
 * no more than 4096 bytes in one piece.
 */
const STANDARD_OUTPUT = { dest: 1, sync: false, minLength: 4000, maxWrite: 4096, periodicFlush: 100 };

/**
 * Writes JSON lines, to standard output where no destination is given. A line that is written while a request runs has
 * its id as `request`.
 *
 * @param level of pino, or `silent`
 */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    mixin() {
      const record = requestScope.getStore();
      return record === undefined ? {} : { request: record.id };
    },
  };
  return pino(options, destination ?? pino.destination(STANDARD_OUTPUT));
}
