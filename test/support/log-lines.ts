import { pino, type Logger } from 'pino';

/** A logger whose lines a test can read and wait for. */
export interface LogLines {
  readonly logger: Logger;
  /** Everything logged so far, a line each. */
  lines(): readonly string[];
  /** Resolves as soon as this many lines hold a text. */
  said(text: string, count?: number): Promise<void>;
}

/** Logs of every level. */
export function createLogLines(): LogLines {
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  const logger = pino(
    { level: 'trace' },
    {
      write(line: string) {
        lines.push(line);
        for (const look of waiting) look();
      },
    },
  );
  return {
    logger,
    lines: () => lines,
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
