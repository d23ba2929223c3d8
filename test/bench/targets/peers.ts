import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readJson } from '../billing/read-json.ts';
import { graphqlRequest, type AskedOperation, type Form, type Target } from './target.ts';

const PEERS = join(import.meta.dirname, '../peers');
const { dependencies } = readJson<{ dependencies: Readonly<Record<string, string>> }>(
  readFileSync(join(import.meta.dirname, '../package.json'), 'utf8'),
);

/** Other servers over the same part of the schema and the same upstream calls. */
export const peers: readonly Target[] = [
  peer('mercurius', ['fastify', 'mercurius'], {
    request(form, workload, variables) {
      const { sha256: query } = workload;
      switch (form) {
        case 'free-post':
          return graphqlRequest(form, workload, variables);
        case 'persisted-post':
          return post({ query, persisted: true, variables });
        case 'persisted-get':
          return get({ query, persisted: 'true', variables: JSON.stringify(variables) });
      }
    },
  }),
  peer('yoga', ['graphql-yoga'], { request: graphqlRequest }),
  peer('yoga-grafast', ['graphql-yoga', 'grafast'], { request: graphqlRequest }),
  peer('apollo', ['@apollo/server', '@apollo/datasource-rest', 'dataloader'], {
    request(form, workload, variables) {
      if (form === 'free-post') return graphqlRequest(form, workload, variables);
      const extensions = { persistedQuery: { version: 1, sha256Hash: workload.sha256 } };
      return form === 'persisted-post'
        ? post({ extensions, variables })
        : get({ extensions: JSON.stringify(extensions), variables: JSON.stringify(variables) });
    },
  }),
  peer('hive', ['@graphql-hive/gateway-runtime', '@omnigraph/openapi'], {
    // Persisted documents are an affair of its registry.
    request: (form, workload, variables) =>
      form === 'free-post' ? graphqlRequest(form, workload, variables) : null,
  }),
];

function peer(
  name: string,
  packages: readonly string[],
  {
    request,
  }: { request: (form: Form, workload: AskedOperation, variables: object) => ReturnType<Target['request']> },
): Target {
  return {
    name,
    title: packages.map((each) => `${each} ${dependencies[each] ?? ''}`).join(', '),
    launch: ({ upstreams, port, manifestPath }) => ({
      args: [join(PEERS, `${name}.ts`), JSON.stringify(upstreams), String(port), manifestPath],
      env: { NODE_ENV: 'production' },
    }),
    request,
  };
}

function post(body: object): ReturnType<Target['request']> {
  return {
    method: 'POST',
    path: '/graphql',
    headers: { 'content-type': 'application/json', accept: ACCEPT },
    body: JSON.stringify(body),
  };
}

function get(parameters: Readonly<Record<string, string>>): ReturnType<Target['request']> {
  return {
    method: 'GET',
    path: `/graphql?${new URLSearchParams(parameters).toString()}`,
    // Apollo takes no GET without it, and the others do not mind.
    headers: { accept: ACCEPT, 'apollo-require-preflight': 'true' },
  };
}

const ACCEPT = 'application/graphql-response+json';
