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
  return base64Url(textOf(type, parts));
}

function textOf(type: NodeType, parts: readonly string[]): string {
  let text: string = type;
  for (const part of parts) text += `:${UNRESERVED.test(part) ? part : encodeURIComponent(part)}`;
  return text;
}

/** Of a text in ASCII; without a Buffer, which would take three times as long. */
function base64Url(text: string): string {
  const padded = btoa(text);
  const encoded = padded.slice(0, padded.length - ((3 - (text.length % 3)) % 3));
  return /[+/]/.test(encoded) ? encoded.replaceAll('+', '-').replaceAll('/', '_') : encoded;
}

/** What encodeURIComponent leaves as it is. Most ids are nothing else, and to see that is cheaper than to encode them. */
const UNRESERVED = /^[\w.!~*'()-]*$/;
/** The same with what stands between the parts. */
const UNRESERVED_PARTS = /^[\w.!~*'():-]*$/;

/**
 * Reads a global id; null for anything that `encodeNodeId` never gives out, among it every id whose upstream parts
 * could not stand in a path.
 */
export function decodeNodeId(id: string): NodeKey | null {
  const bytes = Buffer.from(id, 'base64url');
  const text = bytes.toString('latin1');
  const isPlain = UNRESERVED_PARTS.test(text);
  const [type = '', ...parts] = isPlain ? text.split(':') : text.split(':').map(decodePart);
  if (!isNodeType(type) || !(isPlain || textOf(type, parts) === text)) return null;
  // Of the ids that stand for the same bytes, one was given out.
  if (bytes.toString('base64url') !== id) return null;
  return partsFit(type, parts) ? { type, parts } : null;
}

/** The provider and the upstream ids of a key that is not an Account's. */
export function upstreamParts(key: NodeKey): { provider: Provider; ids: readonly string[] } | null {
  const [provider = ''] = key.parts;
  return key.type !== 'Account' && isProvider(provider) ? { provider, ids: key.parts.slice(1) } : null;
}

/**
 * Whether an upstream id may become one escaped segment of a path. Refused are the empty id, `.`, `..`, what could end
 * or leave a segment where somebody unescapes once too often (`/ \ ? # %`), control characters and white space other
 * than the plain blank (contract.md section 'Global ids'); everything else is escaped.
 */
export function isUpstreamId(id: string): boolean {
  if (UNRESERVED.test(id)) return id.length > 0 && id.length <= MAX_LENGTH && id !== '.' && id !== '..';
  return id.trim().length > 0 && id.length <= MAX_LENGTH && id.isWellFormed() && !FORBIDDEN.test(id);
}

const MAX_LENGTH = 200;

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
