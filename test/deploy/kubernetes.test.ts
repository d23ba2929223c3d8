import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { pick, pickList, pickObject, pickText } from '../support/pick.ts';
import { startRedisServer, withoutRedis } from '../support/redis-server.ts';
import { kubernetesResources, schemaFaults, type Resource } from './kubernetes-resources.ts';

const resources = kubernetesResources();

function the(kind: string, name = 'billing-gateway'): Readonly<Record<string, unknown>> {
  const found = resources.find((resource) => resource.kind === kind && resource.name === name);
  if (found === undefined) throw new Error(`no ${kind} ${name}`);
  return found.value;
}

const workloads = [the('Deployment'), the('StatefulSet', 'billing-gateway-redis')];
const podOf = (workload: unknown) => pickObject(workload, 'spec', 'template', 'spec');
const containerOf = (workload: unknown) => pickObject(podOf(workload), 'containers', 0);
const gatewayPod = podOf(the('Deployment'));
const gatewayContainer = containerOf(the('Deployment'));

describe('the Kubernetes manifests', () => {
  it("are as Kubernetes' own schemas have them, with no member that they do not have", () => {
    expect(schemaFaults(resources)).toBe('');
  }, 60_000);

  it.each<readonly [string, string, (deployment: Readonly<Record<string, unknown>>) => object]>([
    ['an unknown member', 'specs', (deployment) => ({ ...deployment, specs: {} })],
    ['a value of another type', 'replicas', (deployment) => ({ ...deployment, spec: { replicas: '2' } })],
  ])(
    'would not pass with %s',
    (_fault, member, change) => {
      const found = resources.filter(({ kind }) => kind === 'Deployment');
      const broken = found.map((resource): Resource => ({
        ...resource,
        value: { ...change(resource.value) },
      }));
      const faults = schemaFaults(broken);
      expect(faults).toContain('gateway-deployment.yaml');
      expect(faults).toContain(member);
    },
    60_000,
  );

  it('select the pods that are there', () => {
    const labels = workloads.map((workload) =>
      pickObject(workload, 'spec', 'template', 'metadata', 'labels'),
    );
    const selectors = [
      ...workloads.map((workload) => pick(workload, 'spec', 'selector', 'matchLabels')),
      pick(the('PodDisruptionBudget'), 'spec', 'selector', 'matchLabels'),
      pick(the('NetworkPolicy'), 'spec', 'podSelector', 'matchLabels'),
      pick(the('NetworkPolicy', 'billing-gateway-redis'), 'spec', 'podSelector', 'matchLabels'),
      pick(
        the('NetworkPolicy', 'billing-gateway-redis'),
        'spec',
        'ingress',
        0,
        'from',
        0,
        'podSelector',
        'matchLabels',
      ),
      pick(the('Service'), 'spec', 'selector'),
      pick(the('Service', 'billing-gateway-redis'), 'spec', 'selector'),
    ];
    for (const selector of selectors) expect(labels).toContainEqual(selector);
  });

  it('name ports that containers have', () => {
    const ports = workloads.flatMap((workload) =>
      pickList(containerOf(workload), 'ports').map((port) => pick(port, 'name')),
    );
    const named = [
      ...JSON.stringify(resources.map(({ value }) => value)).matchAll(/"(?:port|targetPort)":"(\w+)"/g),
    ];
    expect(named.length).toBeGreaterThan(5);
    for (const [, port] of named) expect(ports).toContain(port);
  });

  it('let no container write to its own files, rise above its user, or run as root', () => {
    for (const workload of workloads) {
      expect(pick(podOf(workload), 'automountServiceAccountToken')).toBe(false);
      expect(podOf(workload)['securityContext']).toMatchObject({
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
      });
      expect(containerOf(workload)['securityContext']).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
    }
  });

  it('run two gateways, of which one may be away, each with probes and bounded memory', () => {
    expect(pick(the('Deployment'), 'spec', 'replicas')).toBe(2);
    expect(pick(the('PodDisruptionBudget'), 'spec', 'minAvailable')).toBe(1);
    for (const [probe, path] of [
      ['startupProbe', '/readyz'],
      ['readinessProbe', '/readyz'],
      ['livenessProbe', '/livez'],
    ] as const) {
      expect(pick(gatewayContainer, probe, 'httpGet', 'path')).toBe(path);
    }
    const [, heap = ''] = /--max-old-space-size=(\d+)/.exec(readFileSync('Dockerfile', 'utf8')) ?? [];
    const limit = Number.parseInt(pickText(gatewayContainer, 'resources', 'limits', 'memory'), 10);
    expect(limit).toBeGreaterThan(Number(heap) + 200);
  });

  it('give a gateway the time that it takes to drain', () => {
    const { drainTimeoutMs } = readConfig({});
    const pause = Number(pick(gatewayContainer, 'lifecycle', 'preStop', 'sleep', 'seconds'));
    const grace = Number(pick(gatewayPod, 'terminationGracePeriodSeconds'));
    expect(grace).toBeGreaterThan(pause + drainTimeoutMs / 1000);
  });

  it('configure a gateway with what it reads, and with no secret', () => {
    const data = pickObject(the('ConfigMap'), 'data');
    const readme = readFileSync('README.md', 'utf8');
    for (const name of Object.keys(data)) {
      expect(readme).toContain(`\`${name}\``);
      expect(name).not.toMatch(/TOKEN|KEY|PASSWORD|REDIS_URL/);
    }
    const ports = pickList(gatewayContainer, 'ports').map((port) => String(pick(port, 'containerPort')));
    expect(ports).toEqual([String(readConfig({}).port), data['METRICS_PORT']]);
    expect(resources.filter(({ kind }) => kind === 'Secret')).toEqual([]);
  });

  it('take images by a tag', () => {
    for (const workload of workloads)
      expect(pickText(containerOf(workload), 'image')).toMatch(/:\d+[\w.-]*$/);
  });
});

describe.skipIf(withoutRedis('the Redis of the Kubernetes manifests'))('the Redis of the manifests', () => {
  it('keeps all that it has confirmed, and forgets nothing to make room', async () => {
    const text = pickText(the('ConfigMap', 'billing-gateway-redis'), 'data', 'redis.conf');
    const folder = await mkdtemp(join(tmpdir(), 'redis-conf-'));
    // Of the container, not of this machine.
    await writeFile(join(folder, 'redis.conf'), text.replace(/^dir .*$/m, `dir ${folder}`));
    const redis = await startRedisServer('--include', join(folder, 'redis.conf'));
    try {
      for (const [name, value] of Object.entries({
        appendonly: 'yes',
        appendfsync: 'always',
        'maxmemory-policy': 'noeviction',
      })) {
        expect(await redis.command('CONFIG', 'GET', name)).toEqual({ [name]: value });
      }
    } finally {
      await redis.stop();
      await rm(folder, { recursive: true });
    }
  });
});
