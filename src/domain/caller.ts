/** Who sent a request. */
export interface Caller {
  /** Two requests with the same id are of one caller, whatever key each of them carried. */
  readonly id: string;
  /** `read` may run queries; `write` may run mutations too. */
  readonly role: 'read' | 'write';
  /** Names what the caller may see: callers of one scope may be given what another of them has read. */
  readonly scope: string;
}
