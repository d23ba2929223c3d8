import { BadUserInputError } from '../../errors/gateway-error.ts';
import { decodeNodeId, isUpstreamId, upstreamParts, type NodeKey, type NodeType } from '../../node-id.ts';
import type { Provider } from '../../provider.ts';

/** The provider and the upstream ids inside a global id. */
export interface GlobalId {
  readonly provider: Provider;
  readonly ids: readonly [string, ...string[]];
}

/**
 * Reads a global id that must be of one type.
 *
 * @param id as the client gave it, or as decodeNodeId has read it
 * @param argument name of the argument, for the message
 * @throws BadUserInputError for a malformed id, or one of another type
 */
export function globalIdOf(
  type: Exclude<NodeType, 'Account'>,
  id: string | NodeKey,
  argument: string,
): GlobalId {
  const key = typeof id === 'string' ? decodeNodeId(id) : id;
  const parts = key?.type === type ? upstreamParts(key) : null;
  if (parts === null || !isNotEmpty(parts.ids)) {
    throw new BadUserInputError(`"${argument}" is not a global id of type ${type}.`);
  }
  return { provider: parts.provider, ids: parts.ids };
}

function isNotEmpty(ids: readonly string[]): ids is GlobalId['ids'] {
  return ids.length > 0;
}

/** @throws BadUserInputError for a text that cannot be an upstream id */
export function upstreamIdOf(id: string, argument: string): string {
  if (!isUpstreamId(id))
    throw new BadUserInputError(`"${argument}" holds characters that no upstream id has, or is empty.`);
  return id;
}
