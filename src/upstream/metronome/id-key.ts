/** As Metronome itself spells its ids. */
const LOWER_UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Whether an id has the form that Metronome's ids have (metronome.md section 1.9). */
export function isUuid(id: string): boolean {
  return UUID.test(id);
}

/** Equal for two spellings of one id: UUIDs are equal whatever their case (RFC 9562 section 4), other ids are not. */
export function idKey(id: string): string {
  return !LOWER_UUID.test(id) && isUuid(id) ? id.toLowerCase() : id;
}
