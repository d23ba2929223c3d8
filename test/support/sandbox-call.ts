import { parse } from 'lossless-json';
import type { TestGateway } from './test-gateway.ts';

/**
 * Calls Maple's sandbox behind the gateway's back; the path is below its company. Numbers of the answer are
 * LosslessNumbers. Throws unless the call succeeds.
 */
export async function callMaple(
  { maple: { url, token, companyId } }: Pick<TestGateway, 'maple'>,
  method: 'GET' | 'POST' | 'PATCH',
  path: string,
  body?: unknown,
): Promise<unknown> {
  return call(`${url}/api/v1/companies/${companyId}${path}`, token, method, body);
}

/** The same for Metronome; the path begins with its version. */
export async function callMetronome(
  { metronome: { url, token } }: Pick<TestGateway, 'metronome'>,
  method: 'GET' | 'POST',
  path: string,
  body?: unknown,
): Promise<unknown> {
  return call(`${url}${path}`, token, method, body);
}

async function call(url: string, token: string, method: string, body: unknown): Promise<unknown> {
  const response = await fetch(url, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`the sandbox answered ${response.status}: ${await response.text()}`);
  return parse(await response.text());
}
