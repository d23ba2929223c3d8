import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';

/** One resource as a manifest has it. */
export interface Resource {
  readonly file: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly value: Readonly<Record<string, unknown>>;
}

const FOLDER = 'deploy/kubernetes';

const resource = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string() }),
});

/** Every resource of `deploy/kubernetes`. Throws for a file that is no YAML. */
export function kubernetesResources(): readonly Resource[] {
  return readdirSync(FOLDER).flatMap((file) =>
    parseAllDocuments(readFileSync(join(FOLDER, file), 'utf8')).map((document) => {
      if (!('toJS' in document) || document.errors.length > 0) throw new Error(`${file} is no YAML`);
      const value = resource.parse(document.toJS());
      return { file, apiVersion: value.apiVersion, kind: value.kind, name: value.metadata.name, value };
    }),
  );
}

/** The kinds that are used, and the module that has the schema of each. */
const MODULES: Readonly<Record<string, string>> = {
  'v1 ConfigMap': 'v1',
  'v1 Service': 'v1',
  'apps/v1 Deployment': 'apps/v1',
  'apps/v1 StatefulSet': 'apps/v1',
  'policy/v1 PodDisruptionBudget': 'policy/v1',
  'networking.k8s.io/v1 NetworkPolicy': 'networking.k8s.io/v1',
};

/**
 * What Kubernetes' own schemas have against resources; empty where there is nothing. Types tell of members that no schema
 * has, as a strict server would; the schemas themselves of values.
 */
export function schemaFaults(resources: readonly Resource[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'kubernetes-'));
  try {
    symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    const programs = resources.map((resource, index) => {
      const program = `${index}-${resource.file}.ts`;
      writeFileSync(join(folder, program), programOf(resource));
      return program;
    });
    const options = ['--ignoreConfig', '--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext'];
    const tsc = join('node_modules', 'typescript', 'bin', 'tsc');
    const compiled = run(folder, [tsc, ...options, ...programs]);
    return compiled + programs.map((program) => run(folder, [program])).join('');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function programOf({ apiVersion, kind, value }: Resource): string {
  const module = MODULES[`${apiVersion} ${kind}`];
  if (module === undefined) throw new Error(`no schema for ${apiVersion} ${kind}`);
  return `import { ${kind}, type I${kind} } from 'kubernetes-models/${module}';
const resource: I${kind} = ${JSON.stringify(value, null, 2)};
new ${kind}(resource).validate();
`;
}

/** Runs node and gives what it printed, nothing where it went well. */
function run(cwd: string, words: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { cwd, encoding: 'utf8' });
  return status === 0 ? '' : stdout + stderr;
}
