import { isObjectType, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql';
import type { RequestContext } from '../request-context.ts';
import { declaredCost } from './field-cost.ts';

/** The same schema, whose counted fields tell the context how many objects they give. */
export function withCountedNodes(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      if (declaredCost(field.extensions)?.counted === true && field.resolve)
        field.resolve = counted(field.resolve);
    }
  }
  return schema;
}

function counted(
  resolve: GraphQLFieldResolver<unknown, RequestContext>,
): GraphQLFieldResolver<unknown, RequestContext> {
  return (source, args, context, info) => {
    const given: unknown = resolve(source, args, context, info);
    if (!(given instanceof Promise)) return countedValue(given, context);
    return given.then((value: unknown) => countedValue(value, context));
  };
}

/** Objects that are still to come are counted when they are there: each may yet turn out to be none. */
function countedValue(value: unknown, context: RequestContext): unknown {
  if (value === null || value === undefined) return value;
  if (!Array.isArray(value)) {
    context.countNodes(1);
    return value;
  }
  const items: readonly unknown[] = value;
  const isAwaited = items.some((item) => item instanceof Promise);
  if (!isAwaited) {
    let count = 0;
    for (const item of items) if (item !== null && item !== undefined) count += 1;
    context.countNodes(count);
    return value;
  }
  return items.map((item) =>
    item instanceof Promise
      ? item.then((each: unknown) => countedValue(each, context))
      : countedValue(item, context),
  );
}
