import { stringify } from 'lossless-json';
import type { SandboxFault } from '../../src/sandbox/http/sandbox-server.ts';

/** An answer of an upstream with a body of the test's own; LosslessNumbers in it are written digit for digit. */
export function jsonFault(body: unknown, status = 200): SandboxFault {
  return {
    kind: 'answer',
    status,
    body: stringify(body) ?? '',
    headers: { 'content-type': 'application/json' },
  };
}
