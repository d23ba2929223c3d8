import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Deployment, StatefulSet } from 'kubernetes-models/apps/v1';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { ConfigMap, Service } from 'kubernetes-models/v1';
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

/** The kinds that are used, each with what Kubernetes' own schema says of it. */
const CHECKS: Readonly<Record<string, (value: never) => { validate(): void }>> = {
  'v1 ConfigMap': (value) => new ConfigMap(value),
  'v1 Service': (value) => new Service(value),
  'apps/v1 Deployment': (value) => new Deployment(value),
  'apps/v1 StatefulSet': (value) => new StatefulSet(value),
  'policy/v1 PodDisruptionBudget': (value) => new PodDisruptionBudget(value),
  'networking.k8s.io/v1 NetworkPolicy': (value) => new NetworkPolicy(value),
};
