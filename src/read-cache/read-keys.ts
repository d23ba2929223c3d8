import { createHash } from 'node:crypto';

/** One side of what the gateway reads: an account at a provider. */
export interface ReadAccount {
  /** Names the account wherever it is written to. */
  readonly account: string;
  /** Whose eyes it is read with: what the upstream shows may depend on the token. Never the token itself. */
  readonly reader: string;
}

/** All that makes two reads the same. */
export interface ReadIdentity extends ReadAccount {
  /** What the callers may see. */
  readonly scope: string;
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly body: string;
}

/** Where an answer is kept. A hash: ids and names in it are data. */
export function answerKey(read: ReadIdentity): string {
  const { account, reader, scope, operation, method, path, query, body } = read;
  return hash('answer', account, reader, scope, operation, method, path, query, body);
}

/** What a read of these customers depends on; `any` stands for all customers of the account. */
export function subjectsOf(account: string, customers: readonly string[] | 'any'): string[] {
  return customers === 'any' ? [hash('any', account)] : customers.map((id) => hash('customer', account, id));
}

/** What a write of a customer changes. */
export function writtenSubjects(account: string, customerId: string): string[] {
  return [...subjectsOf(account, [customerId]), ...subjectsOf(account, 'any')];
}

function hash(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}
