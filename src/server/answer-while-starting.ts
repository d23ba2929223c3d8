import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ErrorCode } from '../errors/error-code.ts';

/** Answers requests that come before the gateway is there: the process lives, and takes no work yet. */
export function answerWhileStarting({ url = '' }: IncomingMessage, response: ServerResponse): void {
  const [path = ''] = url.split('?', 1);
  switch (path) {
    case '/livez':
      response.end('ok\n');
      return;
    case '/readyz':
      response.writeHead(503).end('starting\n');
      return;
    default: {
      const code: ErrorCode = 'OVERLOADED';
      const body = {
        errors: [{ message: 'The gateway is starting: try again soon.', extensions: { code } }],
      };
      response
        .writeHead(503, { 'content-type': 'application/json; charset=utf-8', 'retry-after': '1' })
        .end(JSON.stringify(body));
    }
  }
}
