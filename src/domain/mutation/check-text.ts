import { isUpstreamId } from '../../node-id.ts';
import { InvalidInputFault } from './invalid-input-fault.ts';

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** The text as it is; a fault where it has nothing to read. */
export function checkText(text: string, field: string): string {
  if (text.trim() === '') throw new InvalidInputFault(field, 'must not be blank');
  return text;
}

/**
 * An id of Metronome (metronome.md section 1.9), in lower case: UUIDs are equal whatever their case (RFC 9562 section 4),
 * and equal ids must be one input.
 */
export function checkUuid(id: string, field: string): string {
  if (!UUID.test(id)) throw new InvalidInputFault(field, 'must be a UUID');
  return id.toLowerCase();
}

/** An opaque id of Maple (maple.md section 1.2). */
export function checkMapleId(id: string, field: string): string {
  if (!isUpstreamId(id)) throw new InvalidInputFault(field, 'must be an id of Maple');
  return id;
}

/** The same for an id that may be left out. */
export function optionalMapleId(id: string | null | undefined, field: string): string | null {
  return id === null || id === undefined ? null : checkMapleId(id, field);
}
