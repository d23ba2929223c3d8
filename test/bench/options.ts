import { parseArgs } from 'node:util';
import { z } from 'zod';
import { TARGETS } from './targets/all-targets.ts';
import { FORMS } from './targets/target.ts';
import { TRAFFICS, WORKLOADS } from './workloads.ts';

/** A list in one argument. */
function listOf<T extends string>(known: readonly T[]) {
  return z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(known)).min(1));
}

/** What the bench measures, in the order in which all of it is measured. */
export const COMMANDS = ['compare', 'start-up', 'memory', 'latency', 'scale', 'processes', 'soak'] as const;

/** All but the one that takes as long as one likes. */
const EVERYTHING = COMMANDS.filter((name) => name !== 'soak');

const options = z.object({
  commands: z.array(z.enum(COMMANDS)).transform((chosen) => (chosen.length === 0 ? EVERYTHING : chosen)),
  only: listOf(TARGETS.map(({ name }) => name)).optional(),
  workloads: listOf(WORKLOADS).default([...WORKLOADS]),
  traffic: listOf(TRAFFICS).optional(),
  forms: listOf(FORMS).optional(),
  delay: z
    .string()
    .transform((text) => text.split(',').map(Number))
    .optional(),
  rounds: z.coerce.number().int().min(1).default(7),
  seconds: z.coerce.number().int().min(1).default(2),
  /** Of a soak. */
  minutes: z.coerce.number().positive().default(10),
  /** A document whose marked blocks take the tables. */
  write: z.string().optional(),
  /** Another checkout, whose gateway is measured beside this one's. */
  before: z.string().optional(),
  connections: z.coerce.number().int().min(1).default(50),
});

/** What a run measures. */
export type BenchOptions = z.infer<typeof options>;

/** Reads the command line. Throws for what it does not know. */
export function readOptions(args: readonly string[]): BenchOptions {
  const text = { type: 'string' } as const;
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      only: text,
      workloads: text,
      traffic: text,
      forms: text,
      delay: text,
      rounds: text,
      seconds: text,
      before: text,
      connections: text,
      minutes: text,
      write: text,
    },
  });
  return options.parse({ ...values, commands: positionals });
}
