import { COMMITS, type Commit, type FaultKind, type WriteFault } from '../support/write-fault.ts';

/** What befalls the first calls of a mutation. */
export interface FaultCase {
  readonly title: string;
  readonly kind: FaultKind;
  readonly commit: Commit;
  readonly faults: readonly WriteFault[];
  /** Whether the last fault goes on until the test stops it. */
  readonly forever: boolean;
  /** Whether the port is closed as soon as the gateway has read what it wants to know before it writes. */
  readonly closesPort: boolean;
}

/** Every way in which one kind of fault can come: when the write takes effect, what is kept of it, and how long it lasts. */
export function casesOf(kind: FaultKind): FaultCase[] {
  // Where nobody has read the request, nothing can be kept for its key.
  const isUnread = kind === 'connection refused' || kind === 'reset before the request is read';
  return COMMITS.flatMap((commit) =>
    (isUnread ? [false] : [false, true]).flatMap((stored) =>
      durations(kind, commit).map((forever) => faultCase({ kind, commit, stored }, forever)),
    ),
  );
}

/** What has taken effect is found whatever the next attempts meet, so only the others meet the fault again. */
function durations(kind: FaultKind, commit: Commit): boolean[] {
  if (kind === 'connection refused') return [commit === 'never'];
  if (commit === 'never') return [false, true];
  return [kind === 'reset before the request is read'];
}

function faultCase(fault: WriteFault & { readonly kind: FaultKind }, forever: boolean): FaultCase {
  const { kind, commit, stored } = fault;
  const title = `commit ${commit}, ${stored ? 'stored' : 'not stored'}, ${forever ? 'for long' : 'once'}`;
  const closesPort = kind === 'connection refused' && commit === 'never';
  return { title, kind, commit, faults: course(fault), forever, closesPort };
}

/** Nobody acts on a request that was not read: the one that takes effect is lost, and those that follow are unread. */
function course(fault: WriteFault): WriteFault[] {
  if (fault.kind !== 'reset before the request is read' || fault.commit === 'never') return [fault];
  return [
    { ...fault, kind: 'reset after the whole request' },
    { ...fault, commit: 'never' },
  ];
}
