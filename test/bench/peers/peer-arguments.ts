import { readFileSync } from 'node:fs';
import { readJson } from '../billing/read-json.ts';
import type { UpstreamAddresses } from '../billing/upstream-calls.ts';

/** What a peer is started with: upstreams, port and manifest, in this order on the command line. */
export interface PeerArguments {
  readonly upstreams: UpstreamAddresses;
  readonly port: number;
  /** Documents by their SHA-256. */
  readonly manifest: Readonly<Record<string, string>>;
}

/** Reads the command line. */
export function peerArguments(): PeerArguments {
  const [upstreams = '{}', port = '0', manifestPath = ''] = process.argv.slice(2);
  return {
    upstreams: readJson(upstreams),
    port: Number(port),
    manifest: readJson(readFileSync(manifestPath, 'utf8')),
  };
}
