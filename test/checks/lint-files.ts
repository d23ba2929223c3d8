import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';

const top = join(import.meta.dirname, '../..');
const report = z.object({
  diagnostics: z.array(
    z.object({ code: z.string(), message: z.string(), help: z.string().optional(), filename: z.string() }),
  ),
});

/** One finding of the linter: its rule, like `eslint(no-console)`, and everything it says. */
export interface LintFinding {
  readonly rule: string;
  readonly text: string;
}

/**
 * Lints files under the project's own configuration, in a folder outside the project, in one run.
 *
 * @param files path from the top of the repository to text.
 * @returns the findings of each file, empty for a clean one.
 * @throws Error when the linter itself fails.
 */
export async function lintFiles(
  files: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, readonly LintFinding[]>> {
  const folder = await mkdtemp(join(tmpdir(), 'lint-'));
  try {
    await copyFile(join(top, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
    const tsconfig = { compilerOptions: { strict: true, module: 'nodenext', noEmit: true, types: [] } };
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(tsconfig));
    for (const [path, text] of files) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    const findings = new Map<string, LintFinding[]>([...files.keys()].map((path) => [path, []]));
    const { diagnostics } = report.parse(JSON.parse(await runLinter(folder)));
    for (const { code, message, help, filename } of diagnostics) {
      findings.get(filename)?.push({ rule: code, text: `${message} ${help ?? ''}` });
    }
    return findings;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function runLinter(folder: string): Promise<string> {
  const program = join(top, 'node_modules/oxlint/bin/oxlint');
  return new Promise((resolve, reject) => {
    const options = { cwd: folder, maxBuffer: 10_000_000 };
    execFile(
      process.execPath,
      [program, '--type-aware', '--format', 'json', '.'],
      options,
      (error, stdout) => {
        // Findings end the linter with code 1 as well as a report.
        if (error !== null && error.code !== 1) reject(new Error('the linter failed', { cause: error }));
        else resolve(stdout);
      },
    );
  });
}
