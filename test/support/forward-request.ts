import type { IncomingMessage } from 'node:http';

/** What an upstream answered. */
export interface ForwardedAnswer {
  readonly status: number;
  readonly body: string;
}

const PASSED_ON = ['authorization', 'content-type', 'idempotency-key'] as const;

/** Sends a request on, with the headers that matter to an upstream. */
export async function forwardRequest(
  upstream: string,
  request: IncomingMessage,
  body: string,
): Promise<ForwardedAnswer> {
  const headers = new Headers();
  for (const name of PASSED_ON) {
    const value = request.headers[name];
    if (typeof value === 'string') headers.set(name, value);
  }
  const answer = await fetch(`${upstream}${request.url ?? '/'}`, {
    method: request.method ?? 'GET',
    headers,
    ...(body !== '' && { body }),
  });
  return { status: answer.status, body: await answer.text() };
}
