/** A free-form JSON value whose numbers keep their digits. */
export type JsonValue = string | boolean | null | RawJsonNumber | readonly JsonValue[] | JsonObject;

/** A free-form JSON object: custom fields, metadata. */
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** A number that JSON.stringify writes digit for digit, as made by `JSON.rawJSON`. */
export interface RawJsonNumber {
  readonly rawJSON: string;
}
