import { readFileSync } from 'node:fs';
import { encodeNodeId } from '../../../src/node-id.ts';
import { EXAMPLE_QUERIES } from '../../../src/server/graphiql/example-queries.ts';
import { documents } from '../../docs/documents.ts';
import { markdownBlocks } from '../../docs/markdown-blocks.ts';
import { appOperations } from '../../support/app-operations.ts';
import { HOSTILE_DOCUMENTS } from '../../support/hostile-documents.ts';
import { HOSTILE_IDS } from '../../support/hostile-ids.ts';
import { sha256 } from '../../support/manifest-folder.ts';
import { manifestOperations } from '../../support/manifest-operations.ts';
import { ID_FORMS } from '../../support/operation-request.ts';
import { operationVariables } from '../../support/operation-variables.ts';
import type { RawHeader } from '../../support/raw-exchange.ts';
import type { TestGateway } from '../../support/test-gateway.ts';
import { get, post, titled, type CorpusRequest } from './requests.ts';

type Parameters = Readonly<Record<string, unknown>>;

const NODE = 'query Node($id: ID!) { node(id: $id) { id } }';
const FREE = '{ providers { provider } }';
const PARTS =
  '{ account(identifier: "acct_1001") { name ... @defer { costTotals(from: "2026-06-01T00:00:00Z", to: "2026-07-01T00:00:00Z") { amount } } } }';
/** Longer addresses are refused before anything looks at them; of those, one will do. */
const MAX_ADDRESS = 10_000;

/** A request in both methods. */
function bothMethods(
  title: string,
  parameters: Parameters,
  ...headers: readonly RawHeader[]
): CorpusRequest[] {
  const address = get(parameters, ...headers);
  return titled({
    [`POST of ${title}`]: post(parameters, ...headers),
    ...(address.length < MAX_ADDRESS && { [`GET of ${title}`]: address }),
  });
}

/** Every operation of an app with its variables, as a document and in each form of its id. */
export async function requestsOfApps(gateway: TestGateway): Promise<readonly CorpusRequest[]> {
  const variablesOf = await operationVariables(gateway);
  const free = appOperations.flatMap(({ document: query, name }) =>
    bothMethods(name, { query, operationName: name, variables: variablesOf[name]?.[0] }),
  );
  // The second time a document is known.
  return [...free, ...free, ...(await requestsOfPersisted(gateway))];
}

/** The operations of the manifest in each form of their ids. */
export async function requestsOfPersisted(
  gateway: TestGateway,
  ...headers: readonly RawHeader[]
): Promise<readonly CorpusRequest[]> {
  const variablesOf = await operationVariables(gateway);
  return manifestOperations().flatMap(({ hash, name }) =>
    Object.entries(ID_FORMS).flatMap(([form, parametersOf]) => {
      const parameters = { ...parametersOf(hash), variables: variablesOf[name]?.[0] };
      return bothMethods(`${name} by ${form}`, parameters, ...headers);
    }),
  );
}

const [{ hash: known, document: text }, { hash: other }] = twoQueries();

/** The first two queries of the manifest. */
function twoQueries() {
  const [first, second] = manifestOperations().filter(({ type }) => type === 'query');
  if (first === undefined || second === undefined) throw new Error('the manifest has fewer than two queries');
  return [first, second] as const;
}

const apollo = (hash: unknown, version: unknown = 1): Parameters => ({
  persistedQuery: { version, sha256Hash: hash },
});

/** Ids that are right, wrong, or beside other ids and documents. */
export const REQUESTS_BY_ID: readonly CorpusRequest[] = Object.entries<Parameters>({
  'an unknown id': { documentId: sha256('unknown') },
  'an unknown id of Apollo': { extensions: apollo(sha256('unknown')) },
  'an id in upper case': { documentId: known.toUpperCase() },
  'an id with another prefix': { documentId: `sha512:${known}` },
  'half an id': { documentId: known.slice(0, 32) },
  'the same id twice': { documentId: known, doc_id: `sha256:${known}`, id: known, extensions: apollo(known) },
  'two ids': { documentId: known, doc_id: other },
  'two ids, of which Apollo has one': { id: known, extensions: apollo(other) },
  'an id and its text': { documentId: known, query: text },
  'an id and another text': { documentId: known, query: FREE },
  'an id and an empty text': { documentId: known, query: '' },
  'an id of Apollo and its text': { extensions: apollo(known), query: text },
  'an id of Apollo and another text': { extensions: apollo(known), query: FREE },
  'a text that is registered': { extensions: apollo(sha256(FREE)), query: FREE },
  'a text that has been registered': { extensions: apollo(sha256(FREE)) },
  'an id of another version': { extensions: apollo(known, 2) },
  'an id of a version in words': { extensions: apollo(known, '1') },
  'an id with its cost': { extensions: { ...apollo(known), cost: true } },
  'an id and the wrong name': { documentId: known, operationName: 'Wrong' },
  'an id without its variables': { documentId: known },
  'an id with variables of the wrong type': { documentId: known, variables: { first: 'x', identifier: 1 } },
  'an id and something unknown': { documentId: known, x: 1 },
  'the text of a manifest as a free document': { query: text },
}).flatMap(([title, parameters]) => bothMethods(title, parameters));

/** Ids and documents that mean harm. */
export const HOSTILE_REQUESTS: readonly CorpusRequest[] = [
  ...Object.entries(HOSTILE_DOCUMENTS).flatMap(([title, document]) => bothMethods(title, { ...document })),
  ...HOSTILE_IDS.flatMap((id, at) => [
    ...bothMethods(`hostile operation id ${at}`, { documentId: id }),
    ...bothMethods(`hostile node id ${at}`, { query: NODE, variables: { id } }),
    ...bothMethods(`hostile upstream id ${at}`, {
      query: NODE,
      variables: { id: encodeNodeId('Customer', at % 2 === 0 ? 'MAPLE' : 'METRONOME', id.toWellFormed()) },
    }),
  ]),
];

/** The queries that the documents and GraphiQL show, and one whose answer may come in parts. */
export const SHOWN_REQUESTS: readonly CorpusRequest[] = [
  ...documents().flatMap((path) =>
    markdownBlocks(readFileSync(path, 'utf8'))
      .filter(({ info }) => info.startsWith('graphql'))
      .flatMap(({ text: query, line }) => bothMethods(`${path} line ${line}`, { query })),
  ),
  ...EXAMPLE_QUERIES.flatMap(({ query, variables }, at) =>
    bothMethods(`example ${at}`, { query, variables: JSON.parse(variables ?? '{}') }),
  ),
  ...bothMethods('a deferred part', { query: PARTS }),
  ...bothMethods('a deferred part for one that takes none', { query: PARTS }, ['Accept', 'application/json']),
  ...bothMethods('a deferred part for one that takes parts', { query: PARTS }, [
    'Accept',
    'multipart/mixed;deferSpec=20220824,application/json',
  ]),
  ...bothMethods('a deferred part for one that takes events', { query: PARTS }, [
    'Accept',
    'text/event-stream',
  ]),
];
