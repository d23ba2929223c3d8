import { runInNewContext } from 'node:vm';
import {
  GraphQLBoolean,
  GraphQLEnumType,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLInterfaceType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLScalarType,
  GraphQLSchema,
  GraphQLString,
  GraphQLUnionType,
  type GraphQLFieldConfigMap,
} from 'graphql';

/** Red is told apart from its name, so that a name in place of a value shows. */
const Color = new GraphQLEnumType({
  name: 'Color',
  values: { RED: { value: 0xff0000 }, BLUE: { value: 0x0000ff } },
});

/** A day, as a text outside and as an object inside. */
const Day = new GraphQLScalarType({
  name: 'Day',
  coerceInputValue(value) {
    if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(value)) throw new TypeError('no day');
    return { day: value };
  },
  coerceOutputValue: String,
});

/** Any value, also one with variables inside. */
const Json = new GraphQLScalarType({ name: 'Json' });

/** A default as Pothos gives it: as it is inside. */
function usual<T>(value: T): { readonly defaultValue: T } {
  return { defaultValue: value };
}

const Area = new GraphQLInputObjectType({
  name: 'Area',
  fields: {
    from: { type: new GraphQLNonNull(GraphQLInt), ...usual(1) },
    to: { type: GraphQLInt },
    color: { type: Color, ...usual(0xff0000) },
    inner: { type: new GraphQLList(new GraphQLNonNull(GraphQLInt)) },
  },
});

function later<T>(value: T): Promise<T> {
  return Promise.resolve(value);
}

function fail(message: string): never {
  throw new Error(message);
}

/** Anything can be thrown. */
function throwing(value: unknown): Promise<unknown> {
  return later(undefined).then(() => {
    const { promise, reject } = Promise.withResolvers<unknown>();
    reject(value);
    return promise;
  });
}

/** Ways to fail, or to be null, for a type that has each of them nullable and not. */
const failures: GraphQLFieldConfigMap<unknown, unknown> = {
  throws: { type: GraphQLString, resolve: () => fail('thrown') },
  rejects: { type: GraphQLString, resolve: () => later(null).then(() => fail('rejected')) },
  error: { type: GraphQLString, resolve: () => new Error('given') },
  text: { type: GraphQLString, resolve: () => throwing('a text') },
  like: { type: GraphQLString, resolve: () => throwing({ message: 'like an error' }) },
  several: {
    type: GraphQLString,
    resolve: () => Promise.reject(new AggregateError([new Error('first'), new Error('second')])),
  },
  nothing: { type: GraphQLString, resolve: () => undefined },
  wrong: { type: GraphQLInt, resolve: () => 'no number' },
  mustThrow: { type: new GraphQLNonNull(GraphQLString), resolve: () => fail('thrown') },
  mustReject: {
    type: new GraphQLNonNull(GraphQLString),
    resolve: () => Promise.reject(new Error('rejected')),
  },
  mustBe: { type: new GraphQLNonNull(GraphQLString), resolve: () => null },
  mustBeLate: { type: new GraphQLNonNull(GraphQLString), resolve: () => later(null) },
};

const Being = new GraphQLInterfaceType({
  name: 'Being',
  fields: { name: { type: new GraphQLNonNull(GraphQLString) } },
});

/** Takes the type from the field. */
const Told = new GraphQLInterfaceType({
  name: 'Told',
  fields: { name: { type: GraphQLString } },
  resolveType: (_, __, { path }) => (path.key === 'a' ? 'Robot' : 'Ghost'),
});

const Human: GraphQLObjectType = new GraphQLObjectType({
  name: 'Human',
  interfaces: [Being],
  fields: () => ({
    name: { type: new GraphQLNonNull(GraphQLString) },
    lateName: { type: GraphQLString, resolve: () => later('Ada, later') },
    friend: { type: Human, resolve: () => ({ __typename: 'Human', name: 'Bea' }) },
    lateFriend: { type: Human, resolve: () => later({ __typename: 'Human', name: 'Bea' }) },
    mustFriend: { type: new GraphQLNonNull(Human), resolve: () => later({ name: 'Bea' }) },
    ...failures,
  }),
});

const Robot = new GraphQLObjectType({
  name: 'Robot',
  interfaces: [Being, Told],
  fields: { name: { type: new GraphQLNonNull(GraphQLString) }, model: { type: GraphQLString } },
});

/** Tells of itself whether it is one, at once and later. */
const Ghost = new GraphQLObjectType({
  name: 'Ghost',
  fields: { name: { type: GraphQLString } },
  isTypeOf: (value) => (value === 'late ghost' ? later(true) : value === 'ghost'),
});

const Found = new GraphQLUnionType({ name: 'Found', types: [Human, Robot, Ghost] });

const ADA = { __typename: 'Human', name: 'Ada' };
const R2 = { __typename: 'Robot', name: 'R2', model: 'D2' };

/** One field for each thing that may come into an answer. */
export const smallSchema = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: 'Query',
    fields: {
      human: { type: Human, resolve: () => ADA },
      lateHuman: { type: Human, resolve: () => later(ADA) },
      being: { type: Being, resolve: () => R2 },
      beings: { type: new GraphQLList(new GraphQLNonNull(Being)), resolve: () => [ADA, later(R2)] },
      found: { type: new GraphQLList(Found), resolve: () => [ADA, null, later(R2), R2] },
      ghosts: { type: new GraphQLList(Found), resolve: () => ['ghost', 'late ghost', 'nobody'] },
      told: {
        type: new GraphQLList(Told),
        resolve: () => [R2, later(R2)],
      },
      ghost: { type: Ghost, resolve: () => 'nobody' },
      stranger: { type: Being, resolve: () => ({ __typename: 'Query' }) },
      numbers: { type: new GraphQLList(GraphQLInt), resolve: () => [1, later(2), null, 'x', new Error('e')] },
      mustNumbers: {
        type: new GraphQLList(new GraphQLNonNull(GraphQLInt)),
        resolve: () => [1, later(2), later(null)],
      },
      grid: {
        type: new GraphQLList(new GraphQLList(new GraphQLNonNull(GraphQLInt))),
        resolve: () => [[1, 2], later([3, later(4)]), [null], null, []],
      },
      set: { type: new GraphQLList(GraphQLInt), resolve: () => new Set([1, 2]) },
      noList: { type: new GraphQLList(GraphQLInt), resolve: () => 'text' },
      tornList: {
        type: new GraphQLList(new GraphQLNonNull(GraphQLInt)),
        resolve: () => [Promise.reject(new Error('before')), null, Promise.reject(new Error('behind'))],
      },
      thenable: {
        type: GraphQLString,
        resolve: (): unknown => runInNewContext('Promise.resolve("from elsewhere")'),
      },
      color: { type: Color, resolve: () => 0x0000ff },
      noColor: { type: Color, resolve: () => 1 },
      bare: { type: GraphQLString },
      called: { type: GraphQLString },
      info: {
        type: GraphQLString,
        resolve: (_, __, context, info) =>
          JSON.stringify([
            context,
            info.fieldName,
            info.fieldNodes.length,
            String(info.returnType),
            info.path,
          ]),
      },
      echo: {
        type: GraphQLString,
        args: {
          int: { type: GraphQLInt, ...usual(20) },
          must: { type: new GraphQLNonNull(GraphQLInt), ...usual(5) },
          color: { type: Color, ...usual(0xff0000) },
          colors: { type: new GraphQLList(Color) },
          area: { type: Area, ...usual({ from: 1, to: 3 }) },
          day: { type: Day },
          json: { type: Json },
          yes: { type: GraphQLBoolean },
        },
        resolve: (_, args) => JSON.stringify(args),
      },
      ...failures,
    },
  }),
  mutation: new GraphQLObjectType({
    name: 'Mutation',
    fields: { write: { type: GraphQLString, resolve: () => fail('was written') } },
  }),
  types: [Human, Robot, Ghost],
});

/** What the fields without a resolver are read from. */
export const smallRoot: Readonly<Record<string, unknown>> = {
  bare: 'bare',
  called: (_: unknown, context: unknown) => `called with ${String(context)}`,
};
