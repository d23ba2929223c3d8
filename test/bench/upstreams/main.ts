import { startSandbox } from '../../../src/sandbox/start-sandbox.ts';
import { startReplay } from './start-replay.ts';
import { COMPANY_COUNT } from '../workloads.ts';

// The upstreams of one run: answers of the sandbox, kept as bytes. Says where it listens, then waits for its end.

const sandbox = await startSandbox({ companyCount: COMPANY_COUNT });
const replay = await startReplay({ metronomeUrl: sandbox.metronome.url, mapleUrl: sandbox.maple.url });
const { metronome, maple } = sandbox;
process.stdout.write(
  `${JSON.stringify({
    controlUrl: replay.controlUrl,
    metronome: { url: replay.metronomeUrl, token: metronome.token },
    maple: { url: replay.mapleUrl, token: maple.token, companyId: maple.companyId },
  })}\n`,
);
