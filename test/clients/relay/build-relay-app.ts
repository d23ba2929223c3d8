import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { Environment } from 'relay-runtime';

/** What `invoice-list.ts` gives, as far as the tests use it. */
interface InvoiceList {
  openInvoices(environment: Environment, variables: object): Promise<{ readonly costTotals: unknown } | null>;
  shownInvoices(environment: Environment, account: object): Promise<unknown>;
  moreInvoices(environment: Environment, account: object, first: number): Promise<void>;
  voidInvoice(environment: Environment, input: object): Promise<unknown>;
}

/** The example, compiled in a folder of its own. */
export interface RelayApp {
  readonly folder: string;
  /** The compiler's manifest. */
  readonly manifestPath: string;
  readonly invoiceList: InvoiceList;
  remove(): Promise<void>;
}

const run = promisify(execFile);

/**
 * Builds the example as a bundler with Relay's plugin does: runs the Relay compiler, and puts the compiled artifact in
 * the place of each `graphql` tag.
 */
export async function buildRelayApp(): Promise<RelayApp> {
  const folder = await mkdtemp(join(tmpdir(), 'relay-app-'));
  const here = import.meta.dirname;
  for (const name of ['relay.config.json', 'invoice-list.ts'])
    await copyFile(join(here, name), join(folder, name));
  await copyFile('schema/schema.graphql', join(folder, 'schema.graphql'));
  await symlink(resolve('node_modules'), join(folder, 'node_modules'));
  const manifestPath = join(folder, 'persisted-queries.json');
  await writeFile(manifestPath, '{}');
  await run('node_modules/.bin/relay-compiler', ['--noWatchman', '--output', 'quiet-with-errors'], {
    cwd: folder,
  });
  const source = await readFile(join(folder, 'invoice-list.ts'), 'utf8');
  const built = join(folder, 'invoice-list.built.ts');
  await writeFile(built, withArtifacts(source));
  const invoiceList: unknown = await import(pathToFileURL(built).href);
  if (!isInvoiceList(invoiceList)) throw new TypeError('the example gives something else');
  return { folder, manifestPath, invoiceList, remove: () => rm(folder, { recursive: true }) };
}

function withArtifacts(source: string): string {
  const names: string[] = [];
  const text = source.replaceAll(/graphql`\s*(?:query|mutation|fragment) (\w+)[^`]*`/g, (_, name: string) => {
    names.push(name);
    return `${name}Artifact`;
  });
  const imports = names.map((name) => `import ${name}Artifact from './__generated__/${name}.graphql';\n`);
  return [...imports, text].join('');
}

function isInvoiceList(module: unknown): module is InvoiceList {
  if (typeof module !== 'object' || module === null) return false;
  return ['openInvoices', 'shownInvoices', 'moreInvoices', 'voidInvoice'].every((name) => name in module);
}
