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
  /** Which part of the answer is given; empty for all of it. */
  readonly part: string;
}

/** Names an answer among all that are read. It holds ids and names: what leaves this process is `hashedKey` of it. */
export function answerKey(read: ReadIdentity): string {
  const { account, reader, scope, operation, method, path, query, body, part } = read;
  // None of them holds the end of a line: they are words of the gateway, escaped as parts of an address, or JSON.
  return `${account}\n${reader}\n${scope}\n${operation}\n${method}\n${path}\n${query}\n${body}\n${part}`;
}

/** What a read of these customers depends on; `any` stands for all customers of the account. */
export function subjectsOf(account: string, customers: readonly string[] | 'any'): string[] {
  return customers === 'any' ? [`any\n${account}`] : customers.map((id) => `customer\n${account}\n${id}`);
}

/** What a write of a customer changes. */
export function writtenSubjects(account: string, customerId: string): string[] {
  return [...subjectsOf(account, [customerId]), ...subjectsOf(account, 'any')];
}

/** What a key or subject is called outside of this process. */
export function hashedKey(key: string): string {
  return createHash('sha256').update(key).digest('base64url');
}
