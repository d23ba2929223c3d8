import {
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
  isUnionType,
  print,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';

/** One thing that a schema says: `Query.customers(first): Int = 20`, `enum Provider.MAPLE`. */
export interface SchemaFact {
  readonly text: string;
  /** True where every operation has to give it: an argument or input field that is not null and has no default. */
  readonly required: boolean;
  readonly description: string;
}

/** The types that a schema declares itself. */
export function ownTypes(schema: GraphQLSchema): GraphQLNamedType[] {
  return Object.values(schema.getTypeMap()).filter(
    (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
  );
}

/** Everything that a type says, one fact for each name that a client can rely on. */
export function schemaFacts(type: GraphQLNamedType): SchemaFact[] {
  const { name } = type;
  const facts = [fact(`${type.constructor.name} ${name}`, type)];
  if (isObjectType(type) || isInterfaceType(type)) {
    for (const { name: implemented } of type.getInterfaces())
      facts.push(fact(`${name} implements ${implemented}`, type));
    for (const field of Object.values(type.getFields())) {
      const path = `${name}.${field.name}`;
      facts.push(
        fact(`${path}: ${String(field.type)}`, field),
        ...field.args.map((argument) => input(path, argument)),
      );
    }
  }
  if (isInputObjectType(type)) {
    if (type.isOneOf) facts.push(fact(`${name} @oneOf`, type));
    facts.push(...Object.values(type.getFields()).map((field) => input(name, field)));
  }
  if (isEnumType(type))
    facts.push(...type.getValues().map((value) => fact(`enum ${name}.${value.name}`, value)));
  if (isUnionType(type))
    facts.push(...type.getTypes().map((member) => fact(`${name} = ${member.name}`, type)));
  return facts;
}

function fact(
  text: string,
  { description }: { readonly description?: string | null | undefined },
): SchemaFact {
  return { text, required: false, description: description ?? '' };
}

function input(
  owner: string,
  { name, type, default: usual, description }: GraphQLArgument | GraphQLInputField,
): SchemaFact {
  const literal = usual?.literal === undefined ? '' : ` = ${print(usual.literal)}`;
  const required = literal === '' && String(type).endsWith('!');
  return { text: `${owner}(${name}): ${String(type)}${literal}`, required, description: description ?? '' };
}
