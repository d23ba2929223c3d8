import type { WireSchema } from './tolerant-schema.ts';

/**
 * The same schema, in which ajv looks for null first wherever a value may be null: it notes each alternative that does not
 * fit as a fault, also where another one fits, and most members that may be null are.
 */
export function nullFirst(schema: WireSchema): CheckedSchema {
  const { anyOf, properties, items, additionalProperties, ...others } = schema;
  const alternatives = anyOf?.filter(({ type }) => type !== 'null').map(nullFirst) ?? [];
  const [only] = alternatives;
  const rest = alternatives.length === 1 && only !== undefined ? only : { anyOf: alternatives };
  return {
    ...others,
    ...(properties !== undefined && { properties: nullFirstIn(properties) }),
    ...(items !== undefined && { items: nullFirst(items) }),
    ...(additionalProperties !== undefined && {
      additionalProperties:
        typeof additionalProperties === 'boolean' ? additionalProperties : nullFirst(additionalProperties),
    }),
    ...(anyOf !== undefined &&
      (alternatives.length < anyOf.length ? { if: { type: 'null' as const }, else: rest } : rest)),
  };
}

/** The same for each of several schemas. */
export function nullFirstIn(
  schemas: Readonly<Record<string, WireSchema>>,
): Readonly<Record<string, CheckedSchema>> {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, nullFirst(schema)]));
}

/** A schema as the validators are made from it. */
type CheckedSchema = Omit<WireSchema, 'anyOf' | 'properties' | 'items' | 'additionalProperties'> & {
  readonly anyOf?: readonly CheckedSchema[];
  readonly properties?: Readonly<Record<string, CheckedSchema>>;
  readonly items?: CheckedSchema;
  readonly additionalProperties?: boolean | CheckedSchema;
  readonly if?: { readonly type: 'null' };
  readonly else?: CheckedSchema;
};

const CALL =
  /((?:wrapper\d+\.)?validate\d*)\((\w+(?:\.\w+|\[\w+\])?), \{instancePath:instancePath\+(.+?),parentData:\w+,parentDataProperty:.+?,rootData\}\)\)\)\{\nvErrors = vErrors === null \? \1\.errors : vErrors\.concat\(\1\.errors\);/g;
const SIGNATURE = '{instancePath="", parentData, parentDataProperty, rootData=data}={}';
const WITHIN = `function within(path, faults, others) {
const inside = faults.map((fault) => ({...fault, instancePath: path + fault.instancePath}));
return others === null ? inside : others.concat(inside);
}`;

/**
 * The validators that ajv has written, without telling each part of a body where it stands: only a fault needs that, and
 * gets it from within to without.
 *
 * @throws Error where ajv writes otherwise than this expects
 */
export function withPathsOfFaultsOnly(code: string): string {
  const lean = code
    .replaceAll(CALL, '$1($2))){\nvErrors = within($3, $1.errors, vErrors);')
    .replaceAll(`, ${SIGNATURE}`, '')
    .replaceAll('{instancePath,parentData,parentDataProperty,rootData}', '{}')
    .replaceAll('instancePath:instancePath+', 'instancePath:')
    .replaceAll('{instancePath,', '{instancePath:"",');
  if (/\binstancePath\b(?!:)|\brootData\b/.test(lean)) throw new Error('ajv writes its calls in another way');
  return `${WITHIN}\n${lean}`;
}
