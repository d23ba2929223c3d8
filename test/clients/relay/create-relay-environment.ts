import {
  Environment,
  Network,
  RecordSource,
  Store,
  type FetchFunction,
  type GraphQLResponse,
} from 'relay-runtime';

interface RelayOptions {
  readonly url: string;
  readonly apiKey?: string;
}

/** An environment that sends the ids which the Relay compiler has given to the operations. */
export function createRelayEnvironment({ url, apiKey }: RelayOptions): Environment {
  const fetchOperation: FetchFunction = async ({ id, name }, variables) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(apiKey !== undefined && { 'x-api-key': apiKey }) },
      body: JSON.stringify({ doc_id: id, operationName: name, variables }),
    });
    const answer: unknown = await response.json();
    if (!isResponse(answer)) throw new TypeError('the gateway answered with something else');
    return answer;
  };
  return new Environment({ network: Network.create(fetchOperation), store: new Store(new RecordSource()) });
}

function isResponse(answer: unknown): answer is GraphQLResponse {
  return typeof answer === 'object' && answer !== null;
}
