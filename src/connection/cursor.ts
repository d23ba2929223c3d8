import { createHmac, timingSafeEqual } from 'node:crypto';
import { InvalidCursorError } from '../errors/gateway-error.ts';
import { END, START, type Position } from './position.ts';

/**
 * What a cursor is bound to: the connection's name, its parent, its filter and its streams. A cursor is accepted only
 * with the binding that it was made for.
 */
export type CursorBinding = readonly (string | number | boolean | null | object)[];

/** Turns positions into cursors and back. */
export interface CursorCodec {
  /** An opaque, URL-safe cursor. */
  encode(binding: CursorBinding, positions: readonly Position[]): string;
  /** @throws InvalidCursorError for every text that `encode` did not give for this binding */
  decode(binding: CursorBinding, cursor: string): Position[];
}

const SEAL_BYTES = 12;

/**
 * Cursors that hold all their state: nothing is remembered between requests, and they outlive a restart. Each is sealed
 * with a keyed hash over its content and its binding, so a client cannot write page tokens of its own.
 *
 * @param key shared by all processes that answer for each other
 */
export function createCursorCodec(key: string): CursorCodec {
  function seal(binding: CursorBinding, content: string): Buffer {
    return createHmac('sha256', key)
      .update(JSON.stringify([binding, content]))
      .digest()
      .subarray(0, SEAL_BYTES);
  }
  return {
    encode(binding, positions) {
      const content = JSON.stringify(positions.map(pack));
      return Buffer.concat([seal(binding, content), Buffer.from(content)]).toString('base64url');
    },
    decode(binding, cursor) {
      const bytes = Buffer.from(cursor, 'base64url');
      if (bytes.length <= SEAL_BYTES || bytes.toString('base64url') !== cursor)
        throw new InvalidCursorError();
      const content = bytes.subarray(SEAL_BYTES).toString('utf8');
      if (!timingSafeEqual(bytes.subarray(0, SEAL_BYTES), seal(binding, content)))
        throw new InvalidCursorError();
      return positionsIn(content);
    },
  };
}

/**
 * The positions that a text stands for if it is a cursor at all; null where it cannot be one. The seal is not looked at,
 * so anyone can have written them: good for nothing but telling what reading on from there would cost.
 */
export function claimedPositions(cursor: string): Position[] | null {
  try {
    return positionsIn(Buffer.from(cursor, 'base64url').subarray(SEAL_BYTES).toString('utf8'));
  } catch (error) {
    if (error instanceof InvalidCursorError || error instanceof SyntaxError) return null;
    throw error;
  }
}

function positionsIn(content: string): Position[] {
  const packed: unknown = JSON.parse(content);
  if (!Array.isArray(packed)) throw new InvalidCursorError();
  return packed.map(unpack);
}

function pack(position: Position): unknown {
  switch (position.kind) {
    case 'start':
      return 0;
    case 'end':
      return 1;
    case 'after':
      return [
        position.limit,
        position.place,
        position.anchor,
        position.before.join(''),
        position.after.join(''),
        position.token,
      ];
  }
}

function unpack(packed: unknown): Position {
  if (packed === 0) return START;
  if (packed === 1) return END;
  const fields: readonly unknown[] = Array.isArray(packed) ? packed : [];
  const [limit, place, anchor, before, after, token] = fields;
  if (typeof limit !== 'number' || typeof place !== 'number' || typeof anchor !== 'string')
    throw new InvalidCursorError();
  if (typeof before !== 'string' || typeof after !== 'string') throw new InvalidCursorError();
  if (typeof token !== 'string' && token !== null) throw new InvalidCursorError();
  return { kind: 'after', limit, place, anchor, before: prints(before), after: prints(after), token };
}

/** Fingerprints all have the same length. */
function prints(joined: string): string[] {
  return joined.match(/.{8}/g) ?? [];
}
