import type { Config } from '../config.ts';
import type { SandboxServer } from '../sandbox/http/sandbox-server.ts';
import { DEFAULT_SANDBOX_NOW } from '../sandbox/sandbox-clock.ts';

/** The sandboxes that stand in for the upstreams without a token; null where the real one is used. */
export interface Sandboxes {
  readonly metronome: SandboxServer | null;
  readonly maple: (SandboxServer & { readonly companyId: string }) | null;
  /** The clock of the Metronome side: that of its sandbox, which stands still, or the real one. */
  readonly clock: () => Date;
  close(): Promise<void>;
}

/** Starts a sandbox on a free port of the loopback interface for each upstream that has no token. */
export async function startEmbeddedSandboxes(config: Config): Promise<Sandboxes> {
  const now = config.sandbox.now ?? DEFAULT_SANDBOX_NOW;
  const [metronome, maple] = await Promise.all([
    config.metronome.token === null ? startMetronome(now) : null,
    config.maple.token === null ? startMaple(now) : null,
  ]);
  return {
    metronome,
    maple,
    clock: metronome === null ? () => new Date() : () => now,
    async close() {
      await Promise.all([metronome?.close(), maple?.close()]);
    },
  };
}

// Loaded only where they are needed.

async function startMetronome(now: Date): Promise<SandboxServer> {
  const { startMetronomeSandbox } = await import('../sandbox/metronome/start-metronome-sandbox.ts');
  return startMetronomeSandbox({ now });
}

async function startMaple(now: Date): Promise<SandboxServer & { readonly companyId: string }> {
  const { startMapleSandbox } = await import('../sandbox/maple/start-maple-sandbox.ts');
  return startMapleSandbox({ now });
}
