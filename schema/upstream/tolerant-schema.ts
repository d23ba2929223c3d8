/** JSON Schema as the wire generators understand it: shapes only, no formats, enumerations or bounds. */
export interface WireSchema {
  $ref?: string;
  type?: WireTypeName | WireTypeName[];
  description?: string;
  required?: string[];
  properties?: Record<string, WireSchema>;
  additionalProperties?: boolean | WireSchema;
  items?: WireSchema;
  anyOf?: WireSchema[];
  /** Whether this is a number of a body that was read without loss; understood by the validator generator only. */
  jsonNumber?: boolean;
  /** The same for the type generator; `jsonNumber: false` needs nothing there. */
  tsType?: string;
}

type WireTypeName = 'string' | 'boolean' | 'object' | 'array' | 'null';

const plainTypes: ReadonlySet<string> = new Set(['string', 'boolean', 'object', 'array', 'null']);
const ignoredKeywords: ReadonlySet<string> = new Set(
  'format enum pattern minimum maximum minLength maxLength minItems maxItems default example examples deprecated'.split(
    ' ',
  ),
);
const knownKeywords: ReadonlySet<string> = new Set(
  '$ref type description required properties additionalProperties items oneOf anyOf'.split(' '),
);

/** Whether a value read from YAML is a mapping. */
export function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The tolerant form of an OpenAPI 3.1 schema: enumerations become their base type, formats and bounds go, unknown
 * members are allowed, a member that is not required may be null, numbers are lossless, and alternatives need not
 * exclude each other. `nameOf` turns a reference of the document into the name of a definition.
 *
 * @throws Error for a keyword that it does not know, so that nothing of a changed document is dropped unseen.
 */
export function tolerantSchema(schema: unknown, nameOf: (ref: string) => string): WireSchema {
  if (!isMapping(schema)) throw new Error('a schema is not a mapping');
  for (const keyword of Object.keys(schema)) {
    if (!knownKeywords.has(keyword) && !ignoredKeywords.has(keyword) && !keyword.startsWith('x-')) {
      throw new Error(`unknown schema keyword ${keyword}`);
    }
  }
  // Members beside a reference would make the type generator copy the type it refers to.
  if (typeof schema['$ref'] === 'string') return { $ref: `#/definitions/${nameOf(schema['$ref'])}` };

  const types = strings(schema['type']);
  const result: WireSchema = {};
  if (typeof schema['description'] === 'string') result.description = schema['description'];
  const alternatives = schema['oneOf'] ?? schema['anyOf'];
  if (Array.isArray(alternatives))
    result.anyOf = alternatives.map((member) => tolerantSchema(member, nameOf));
  if (types.includes('number') || types.includes('integer')) {
    const number: WireSchema = { jsonNumber: true, tsType: 'ExactNumber' };
    const others = types.filter(isPlainType);
    return others.length === 0
      ? { ...result, ...number }
      : { ...result, anyOf: [number, ...others.map((type): WireSchema => ({ type }))] };
  }
  const plain = types.filter(isPlainType);
  const [only] = plain;
  if (only !== undefined) result.type = plain.length === 1 ? only : plain;
  if (plain.includes('object')) addMembers(result, schema, nameOf);
  if (plain.includes('array')) result.items = tolerantSchema(schema['items'], nameOf);
  return result;
}

function addMembers(
  result: WireSchema,
  schema: Record<string, unknown>,
  nameOf: (ref: string) => string,
): void {
  const required = strings(schema['required']);
  const members = isMapping(schema['properties']) ? Object.entries(schema['properties']) : [];
  if (required.length > 0) result.required = required;
  // A lossless number is an object at run time, so nothing else would tell it from an object without required members.
  else result.jsonNumber = false;
  if (members.length > 0 || !('additionalProperties' in schema)) {
    result.properties = Object.fromEntries(
      members.map(([name, member]) => [
        name,
        required.includes(name) ? tolerantSchema(member, nameOf) : orNull(member, nameOf),
      ]),
    );
    return;
  }
  const values = schema['additionalProperties'];
  result.additionalProperties = isMapping(values) ? tolerantSchema(values, nameOf) : true;
}

function orNull(member: unknown, nameOf: (ref: string) => string): WireSchema {
  const schema = tolerantSchema(member, nameOf);
  const description =
    isMapping(member) && typeof member['description'] === 'string' ? member['description'] : undefined;
  const described = description === undefined ? {} : { description };
  if (schema.anyOf !== undefined) {
    const hasNull = schema.anyOf.some((alternative) => alternative.type === 'null');
    return hasNull ? schema : { ...schema, anyOf: [...schema.anyOf, { type: 'null' }] };
  }
  if (schema.$ref !== undefined) return { ...described, anyOf: [schema, { type: 'null' }] };
  if (schema.jsonNumber) {
    const { description: _, ...number } = schema;
    return { ...described, anyOf: [number, { type: 'null' }] };
  }
  if (schema.type === undefined) return schema;
  const types = Array.isArray(schema.type) ? schema.type : [schema.type];
  return types.includes('null') ? schema : { ...schema, type: [...types, 'null'] };
}

/** The strings of one string or a list of them. */
function strings(value: unknown): string[] {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return list.filter((name) => typeof name === 'string');
}

function isPlainType(type: string): type is WireTypeName {
  return plainTypes.has(type);
}
