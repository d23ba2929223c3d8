import { createServer, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { readJson } from '../billing/read-json.ts';
import { billingCalls, undiciCalls, type UpstreamAddresses } from '../billing/upstream-calls.ts';
import { OPERATIONS } from '../workloads.ts';
import { floorAnswers, type FloorVariables } from './answers.ts';

/**
 * Starts a bare server that answers `POST /<operation>` with the variables as body, and `GET /<operation>?variables=`, in
 * the bytes that a GraphQL server would send.
 */
export function startFloor(addresses: UpstreamAddresses, port: number): void {
  const answers = floorAnswers(billingCalls(undiciCalls(addresses)));
  const server = createServer((request, response) => {
    const { method, url = '/' } = request;
    const [path = '', query = ''] = url.split('?');
    const operation = path.slice(1);
    if (!isOperation(operation)) {
      send(response, 404, '{}');
      return;
    }
    const answer = async (variables: string): Promise<void> => {
      const data = await answers[operation](readJson<FloorVariables>(variables));
      send(response, 200, JSON.stringify({ data }));
    };
    const sent =
      method === 'GET'
        ? answer(new URLSearchParams(query).get('variables') ?? '{}')
        : text(request).then(answer);
    sent.catch(() => send(response, 500, '{"errors":[]}'));
  });
  server.listen(port, '127.0.0.1');
}

function isOperation(name: string): name is keyof typeof OPERATIONS {
  return Object.hasOwn(OPERATIONS, name);
}

function send(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, {
    'content-type': 'application/graphql-response+json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}
