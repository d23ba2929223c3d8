import { isProvider, type Provider } from './provider.ts';

/** The types that a global id can name. */
export type NodeType = 'Account' | 'Customer' | 'Plan' | 'PlanCharge' | 'OneTimeCharge' | 'Invoice';

/**
 * What a global id carries: its type and every part that reading the object needs. For all types but Account the first
 * part is the provider and the others are upstream ids.
 */
export interface NodeKey {
  readonly type: NodeType;
  readonly parts: readonly string[];
}

/** How many parts follow the provider, by type; an Account has one part and no provider. */
const UPSTREAM_ID_COUNT = {
  Customer: [1],
  Plan: [2],
  PlanCharge: [3],
  OneTimeCharge: [2, 4],
  Invoice: [2],
} as const;

/**
 * The opaque, URL-safe global id of an object. Stable: it depends on nothing but the object's own identity.
 */
export function encodeNodeId(type: NodeType, ...parts: readonly string[]): string {
  let text: string = type;
  for (const part of parts) text += `:${UNRESERVED.test(part) ? part : encodeURIComponent(part)}`;
  return Buffer.from(text, 'latin1').toString('base64url');
}

/** What encodeURIComponent leaves as it is. Most ids are nothing else, and to see that is cheaper than to encode them. */
const UNRESERVED = /^[\w.!~*'()-]*$/;

/**
 * Reads a global id; null for anything that `encodeNodeId` never gives out, among it every id whose upstream parts
 * could not stand in a path.
 */
export function decodeNodeId(id: string): NodeKey | null {
  const text = Buffer.from(id, 'base64url').toString('utf8');
  const [type = '', ...parts] = text.split(':').map(decodePart);
  if (!isNodeType(type) || encodeNodeId(type, ...parts) !== id) return null;
  return partsFit(type, parts) ? { type, parts } : null;
}

/** The provider and the upstream ids of a key that is not an Account's. */
export function upstreamParts(key: NodeKey): { provider: Provider; ids: readonly string[] } | null {
  const [provider = '', ...ids] = key.parts;
  return key.type !== 'Account' && isProvider(provider) ? { provider, ids } : null;
}

/**
 * Whether an upstream id may become one escaped segment of a path. Refused are the empty id, `.`, `..`, what could end
 * or leave a segment where somebody unescapes once too often (`/ \ ? # %`), control characters and white space other
 * than the plain blank (contract.md section 'Global ids'); everything else is escaped.
 */
export function isUpstreamId(id: string): boolean {
  return (
    id.trim().length > 0 &&
    id.length <= 200 &&
    id !== '.' &&
    id !== '..' &&
    id.isWellFormed() &&
    !FORBIDDEN.test(id)
  );
}

const FORBIDDEN = /[/\\?#%\p{C}]|[^\S ]/u;

function isNodeType(text: string): text is NodeType {
  return text === 'Account' || Object.hasOwn(UPSTREAM_ID_COUNT, text);
}

function partsFit(type: NodeType, parts: readonly string[]): boolean {
  if (type === 'Account') return parts.length === 1 && parts[0] !== '';
  const [provider = '', ...ids] = parts;
  const counts: readonly number[] = UPSTREAM_ID_COUNT[type];
  return isProvider(provider) && counts.includes(ids.length) && ids.every(isUpstreamId);
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}
