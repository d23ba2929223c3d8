import { beforeAll, describe, expect, it } from 'vitest';
import { type LintFinding, lintFiles } from './lint-files.ts';

/** A file, its text, and the rule that must answer. The texts break the rules on purpose: they are only linted. */
const refused: readonly (readonly [string, string, string])[] = [
  ['src/a.ts', 'export const a: any = 1;', 'typescript(no-explicit-any)'],
  [
    'src/b.ts',
    'export const b = (x: unknown): string => x as string;',
    'typescript(consistent-type-assertions)',
  ],
  ['src/c.ts', 'export function c(): void { Promise.resolve(1); }', 'typescript(no-floating-promises)'],
  [
    'src/d.ts',
    'export const d = (x: "p" | "q"): void => { switch (x) { case "p": break; } };',
    'typescript(switch-exhaustiveness-check)',
  ],
  ['src/e.ts', 'export const e: string = JSON.parse("1");', 'typescript(no-unsafe-assignment)'],
  ['src/f.ts', 'console.log(1);', 'eslint(no-console)'],
  ['src/g.ts', 'export const g = process.env;', 'node(no-process-env)'],
  ['src/h.ts', 'export default 1;', 'import(no-default-export)'],
  ['test/i.test.ts', 'export default 1;', 'import(no-default-export)'],
  ['src/j.ts', 'export const j = 1;\n'.padEnd(320, '\n'), 'eslint(max-lines)'],
  ['src/k.ts', '// @ts-ignore\nexport const k = 1;', 'typescript(ban-ts-comment)'],
  ['src/l/index.ts', "export * from './a.ts';", 'oxc(no-barrel-file)'],
  ['src/bigName.ts', 'export const m = 1;', 'unicorn(filename-case)'],
  ['test/n.test.ts', "import { it } from 'vitest';\nit.only('runs', () => {});", 'vitest(no-focused-tests)'],
];

/** The places that a rule makes an exception for. */
const accepted: readonly (readonly [string, string])[] = [
  ['src/config.ts', 'export const config = process.env;'],
  ['src/sandbox-main.ts', 'console.log(1);'],
  ['src/main.ts', 'console.log(1);'],
  ['vitest.config.ts', 'export default 1;'],
];

let findings: ReadonlyMap<string, readonly LintFinding[]>;

beforeAll(async () => {
  findings = await lintFiles(new Map([...refused, ...accepted].map(([file, text]) => [file, text])));
}, 60_000);

describe('the code rules', () => {
  it.each(refused)('refuse what %s holds', (file, _text, rule) => {
    expect(findings.get(file)?.map((finding) => finding.rule)).toContain(rule);
  });

  it.each(accepted)('accept what %s holds', (file) => {
    expect(
      findings
        .get(file)
        ?.map(({ rule }) => rule)
        .filter((rule) => /console|process-env|default/.test(rule)),
    ).toEqual([]);
  });
});
