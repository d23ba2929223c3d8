import { pino, type DestinationStream, type Logger } from 'pino';
import { requestScope } from './request-scope.ts';

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
  return destination === undefined ? pino(options) : pino(options, destination);
}
