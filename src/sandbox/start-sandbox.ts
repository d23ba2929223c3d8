import type { SandboxServer, SandboxServerOptions } from './http/sandbox-server.ts';
import { startMapleSandbox } from './maple/start-maple-sandbox.ts';
import { startMetronomeSandbox } from './metronome/start-metronome-sandbox.ts';

/** How to start both sandbox servers; what is left out is as in SandboxServerOptions. */
export interface SandboxOptions {
  readonly now?: Date;
  readonly metronomePort?: number;
  readonly maplePort?: number;
  readonly companyCount?: number;
}

/** Both sandbox servers, over the same companies. */
export interface Sandbox {
  readonly metronome: SandboxServer;
  readonly maple: SandboxServer & { readonly companyId: string };
  /** Stops both. */
  close(): Promise<void>;
}

/** Starts both sandbox servers; when one cannot start, the other is stopped and the failure thrown. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { now, companyCount, metronomePort, maplePort } = options;
  const shared: SandboxServerOptions = {
    ...(now !== undefined && { now }),
    ...(companyCount !== undefined && { companyCount }),
  };
  const metronome = await startMetronomeSandbox({ ...shared, port: metronomePort ?? 0 });
  try {
    const maple = await startMapleSandbox({ ...shared, port: maplePort ?? 0 });
    return {
      metronome,
      maple,
      close: async () => {
        await Promise.all([metronome.close(), maple.close()]);
      },
    };
  } catch (error) {
    await metronome.close();
    throw error;
  }
}
