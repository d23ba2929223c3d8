import { describe, expect, it } from 'vitest';
import { manifestEntries, ManifestError } from '../../../src/server/persisted-operations/manifest-entries.ts';
import { apolloManifest, codegenManifest, relayManifest, sha256 } from '../../support/manifest-folder.ts';

const A = 'query A { providers { provider } }';
const B = 'query B { providers { status } }';

describe('manifestEntries', () => {
  it.each([
    ['graphql-codegen', codegenManifest([A, B]), true],
    ['the Relay compiler', relayManifest([A, B]), true],
    ["Apollo's tool", apolloManifest([A, B]), false],
  ])('reads what %s writes', (_tool, text, hashed) => {
    expect(manifestEntries(text)).toEqual([
      { id: sha256(A), document: A, hashed },
      { id: sha256(B), document: B, hashed },
    ]);
  });

  it('takes ids of the tool itself as they are', () => {
    const ids = ['5d41402abc4b2a76b9719d911017c592', '7', 'sha1:0beec7b5', '__proto__', 'constructor'];
    const members = ids.map((id) => `${JSON.stringify(id)}: ${JSON.stringify(A)}`);
    expect(manifestEntries(`{${members.join()}}`).map(({ id, hashed }) => [id, hashed])).toEqual(
      // Objects list what looks like an index first.
      ['7', ...ids.filter((id) => id !== '7')].map((id) => [id, false]),
    );
    expect(manifestEntries(apolloManifest([A], () => 'A:1'))).toEqual([
      { id: 'A:1', document: A, hashed: false },
    ]);
  });

  it('holds an id with the prefix to be a hash, whatever the form', () => {
    expect(manifestEntries(apolloManifest([A], () => 'sha256:a'))).toMatchObject([{ hashed: true }]);
    expect(manifestEntries(JSON.stringify({ 'sha256:a': A }))).toMatchObject([{ hashed: true }]);
  });

  it('is not confused by operations called format and operations', () => {
    const text = JSON.stringify({ format: A, operations: B });
    expect(manifestEntries(text).map(({ id }) => id)).toEqual(['format', 'operations']);
  });

  it('reads an empty manifest', () => {
    expect(manifestEntries('{}')).toEqual([]);
    expect(manifestEntries(apolloManifest([]))).toEqual([]);
  });

  it.each([
    '',
    '{',
    'null',
    '[]',
    '"a"',
    '7',
    '{"a": 7}',
    '{"a": null}',
    '{"a": {"b": "c"}}',
    '{"": "query A { providers { provider } }"}',
    '{"format": "apollo-persisted-query-manifest"}',
    '{"format": "apollo-persisted-query-manifest", "version": 2, "operations": []}',
    '{"format": "apollo-persisted-query-manifest", "version": 1, "operations": [{"id": "", "body": "b"}]}',
    '{"format": "apollo-persisted-query-manifest", "version": 1, "operations": [{"id": "a"}]}',
    '{"format": "another", "version": 1, "operations": []}',
  ])('refuses %j', (text) => {
    expect(() => manifestEntries(text)).toThrow(ManifestError);
  });
});
