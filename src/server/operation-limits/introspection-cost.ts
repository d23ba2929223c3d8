import {
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';
import { cost, type CostScope, type DeclaredCost } from '../../domain/operation-cost/field-cost.ts';

/** How long a list of introspection is: over all objects that have it, and of a single one at most. */
interface ListLength {
  /** Members of all lists together, for each object that could have one. */
  readonly mean: number;
  readonly most: number;
}

/**
 * How many objects introspection gives: it calls no upstream, but a short document can ask for every type of every
 * field of every type. Lists are as long as they are in this schema.
 *
 * @returns the cost of a field of introspection, by its type and name; null for any other field
 */
export function createIntrospectionCosts(
  schema: GraphQLSchema,
): (parent: string, field: string) => DeclaredCost | null {
  const types = Object.values(schema.getTypeMap());
  const fields = types.flatMap(fieldsOf);
  const directives = schema.getDirectives();
  const args = lengthOf(fields.map((field) => field.args.length));
  const lists: Readonly<Record<string, ListLength>> = {
    '__Schema.types': { mean: types.length, most: types.length },
    '__Schema.directives': { mean: directives.length, most: directives.length },
    '__Type.fields': lengthOf(types.map((type) => fieldsOf(type).length)),
    '__Type.inputFields': lengthOf(types.map((type) => inputFieldsOf(type).length)),
    '__Type.enumValues': lengthOf(types.map((type) => (isEnumType(type) ? type.getValues().length : 0))),
    '__Type.interfaces': lengthOf(types.map((type) => interfacesOf(type).length)),
    '__Type.possibleTypes': lengthOf(
      types.map((type) => (isAbstractType(type) ? schema.getPossibleTypes(type).length : 0)),
    ),
    '__Field.args': args,
    '__Directive.args': lengthOf(directives.map((directive) => directive.args.length)),
  };
  const costs = new Map(Object.entries(lists).map(([name, length]) => [name, listCost(name, length)]));
  return (parent, field) => costs.get(`${parent}.${field}`) ?? (parent.startsWith('__') ? PART : null);
}

/** What follows on a single object is a single one again, of which nothing is known. */
const PART = cost(() => ({ gives: [{ count: 1, scopes: [{}] }] })).cost;

/** From the list of all types on, every list stands for those of all types. */
function listCost(name: string, { mean, most }: ListLength): DeclaredCost {
  return cost(({ scope }) => {
    const isOfEach = name.startsWith('__Schema.') || scope.each === true;
    const item: CostScope = isOfEach ? { each: true } : {};
    return { gives: [{ count: isOfEach ? mean : most, scopes: [item] }] };
  }).cost;
}

function lengthOf(lengths: readonly number[]): ListLength {
  const total = lengths.reduce((sum, each) => sum + each, 0);
  return { mean: total / Math.max(1, lengths.length), most: Math.max(0, ...lengths) };
}

function fieldsOf(type: GraphQLNamedType) {
  return isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];
}

function inputFieldsOf(type: GraphQLNamedType) {
  return isInputObjectType(type) ? Object.values(type.getFields()) : [];
}

function interfacesOf(type: GraphQLNamedType) {
  return isObjectType(type) || isInterfaceType(type) ? type.getInterfaces() : [];
}
