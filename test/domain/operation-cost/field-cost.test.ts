import {
  getNamedType,
  getNullableType,
  isAbstractType,
  isIntrospectionType,
  isListType,
  isObjectType,
  type GraphQLField,
  type GraphQLObjectType,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { declaredCost } from '../../../src/domain/operation-cost/field-cost.ts';
import { schema } from '../../../src/schema.ts';

const objects = Object.values(schema.getTypeMap()).filter(
  (type): type is GraphQLObjectType => isObjectType(type) && !isIntrospectionType(type),
);

function fieldsOf(type: GraphQLObjectType): GraphQLField<unknown, unknown>[] {
  return Object.values(type.getFields());
}

function typesOf(field: GraphQLField<unknown, unknown>): readonly GraphQLObjectType[] {
  const type = getNamedType(field.type);
  if (isAbstractType(type)) return schema.getPossibleTypes(type);
  return isObjectType(type) ? [type] : [];
}

/** Whether anything that costs something can be reached below a field without passing another such thing. */
function leadsToCosts(field: GraphQLField<unknown, unknown>, seen = new Set<GraphQLObjectType>()): boolean {
  return typesOf(field).some((type) => {
    if (seen.has(type)) return false;
    seen.add(type);
    return fieldsOf(type).some((each) => declaredCost(each.extensions) !== null || leadsToCosts(each, seen));
  });
}

describe('the costs that fields declare', () => {
  it('are declared by every field that takes arguments and gives objects', () => {
    const silent = objects.flatMap((type) =>
      fieldsOf(type)
        .filter(
          (field) =>
            field.args.length > 0 && typesOf(field).length > 0 && declaredCost(field.extensions) === null,
        )
        .map((field) => `${type.name}.${field.name}`),
    );
    expect(silent).toEqual([]);
  });

  it('are declared by every list whose objects lead to further costs, since its length multiplies them', () => {
    const silent = objects.flatMap((type) =>
      fieldsOf(type)
        .filter((field) => isListType(getNullableType(field.type)) && declaredCost(field.extensions) === null)
        .filter((field) => leadsToCosts(field))
        .map((field) => `${type.name}.${field.name}`),
    );
    expect(silent).toEqual([]);
  });
});
