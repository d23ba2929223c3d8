import type { Logger } from 'pino';
import { z } from 'zod';
import { createLogger } from '../../src/server/telemetry/create-logger.ts';

/** A logger whose lines a test can read and wait for. */
export interface LogLines {
  readonly logger: Logger;
  /** Everything logged so far, a line each. */
  lines(): readonly string[];
  /** All lines with this message so far, parsed, without what every line has. */
  saying(message: string): readonly Readonly<Record<string, unknown>>[];
  /** Resolves as soon as this many lines hold a text. */
  said(text: string, count?: number): Promise<void>;
}

const LINE = z.record(z.string(), z.unknown());

/** Logs of every level. */
export function createLogLines(): LogLines {
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  const logger = createLogger('trace', {
    write(line: string) {
      lines.push(line);
      for (const look of waiting) look();
    },
  });
  return {
    logger,
    lines: () => lines,
    saying: (message) =>
      lines
        .map((line) => LINE.parse(JSON.parse(line)))
        .filter(({ msg }) => msg === message)
        .map(({ msg: _msg, time: _time, pid: _pid, hostname: _hostname, ...fields }) => fields),
    said: (text, count = 1) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (lines.filter((line) => line.includes(text)).length < count) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
  };
}
