import { buildSchema, graphql, GraphQLError, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { BadUserInputError, CursorExpiredError, InvalidCursorError } from '../../src/errors/gateway-error.ts';
import {
  UpstreamInvalidResponseError,
  UpstreamNotFoundError,
  UpstreamRateLimitedError,
  UpstreamRejectedError,
  UpstreamTimeoutError,
  UpstreamUnauthorizedError,
  UpstreamUnavailableError,
} from '../../src/errors/upstream-error.ts';
import { createErrorMask } from '../../src/server/mask-error.ts';

const CANARY = 'canary7f3a';

/** A mask, and the faults that it reported. */
function watchedMask(): { mask: (error: unknown) => GraphQLError; faults: unknown[] } {
  const faults: unknown[] = [];
  return { mask: createErrorMask((error) => faults.push(error)), faults };
}

const schema = buildSchema(`
  enum Color { RED }
  input Filter { colors: [Color!], size: Int }
  type Query { thing(id: ID = "x", size: Int, filter: Filter): Int, needed(id: ID!): Int }
`);

/** What a client gets for an operation whose resolvers give or throw this, and the faults reported on the way. */
async function answer(
  source: string,
  options: { readonly variables?: Readonly<Record<string, unknown>>; readonly thing?: () => unknown } = {},
): Promise<{ errors: GraphQLError[]; faults: unknown[] }> {
  const { mask, faults } = watchedMask();
  const { thing = () => 1, variables } = options;
  const rootValue = { thing, needed: thing };
  const result = await graphql({
    schema,
    source,
    rootValue,
    ...(variables !== undefined && { variableValues: variables }),
  });
  return { errors: (result.errors ?? []).map(mask), faults };
}

describe('an error of the gateway', () => {
  it.each([
    [new BadUserInputError('The id is no good.'), { code: 'BAD_USER_INPUT' }],
    [new InvalidCursorError(), { code: 'INVALID_CURSOR' }],
    [new CursorExpiredError(), { code: 'CURSOR_EXPIRED' }],
    [new UpstreamUnavailableError('MAPLE', 'down'), { code: 'UPSTREAM_UNAVAILABLE', provider: 'MAPLE' }],
    [new UpstreamTimeoutError('METRONOME', 'late'), { code: 'UPSTREAM_TIMEOUT', provider: 'METRONOME' }],
    [new UpstreamRateLimitedError('MAPLE', 'later'), { code: 'UPSTREAM_RATE_LIMITED', provider: 'MAPLE' }],
    [new UpstreamUnauthorizedError('MAPLE', 'no', 401), { code: 'UPSTREAM_UNAUTHORIZED', provider: 'MAPLE' }],
    [new UpstreamRejectedError('MAPLE', 'no', 409), { code: 'UPSTREAM_REJECTED', provider: 'MAPLE' }],
    [new UpstreamNotFoundError('METRONOME', 'what'), { code: 'NOT_FOUND', provider: 'METRONOME' }],
    [
      new UpstreamInvalidResponseError('METRONOME', 'odd'),
      { code: 'UPSTREAM_INVALID_RESPONSE', provider: 'METRONOME' },
    ],
  ])('speaks for itself, with code and provider: %s', async (error, extensions) => {
    const { errors, faults } = await answer('{ a: thing }', {
      thing: () => {
        throw error;
      },
    });
    expect(errors.map((each) => each.toJSON())).toEqual([
      { message: error.message, extensions, path: ['a'], locations: [{ line: 1, column: 3 }] },
    ]);
    expect(faults).toEqual([]);
  });

  it('gives away neither its cause nor what it holds beside its message', () => {
    const { mask } = watchedMask();
    const error = new UpstreamUnavailableError('MAPLE', 'down', { cause: new Error(CANARY) });
    const masked = mask(new GraphQLError(error.message, { cause: error, extensions: { hint: CANARY } }));
    expect(JSON.stringify(masked)).not.toContain(CANARY);
    expect(masked.cause).toBeUndefined();
  });

  it('is known through everything that located it', () => {
    const { mask, faults } = watchedMask();
    const inner = new GraphQLError('x', { cause: new InvalidCursorError() });
    expect(mask(new GraphQLError('x', { cause: inner })).extensions).toEqual({ code: 'INVALID_CURSOR' });
    expect(mask(new InvalidCursorError()).extensions).toEqual({ code: 'INVALID_CURSOR' });
    expect(faults).toEqual([]);
  });
});

describe('any other error', () => {
  const masked = { message: 'Unexpected error.', extensions: { code: 'INTERNAL_SERVER_ERROR' } };

  it('is masked and reported once', async () => {
    const fault = Object.assign(new Error(CANARY), { extensions: { code: 'FORBIDDEN', secret: CANARY } });
    const { errors, faults } = await answer('{ thing }', {
      thing: () => {
        throw fault;
      },
    });
    expect(errors.map((each) => each.toJSON())).toEqual([
      { ...masked, path: ['thing'], locations: [{ line: 1, column: 3 }] },
    ]);
    expect(faults).toEqual([fault]);
  });

  it.each([[CANARY], [undefined], [null], [{ message: CANARY, code: 'FORBIDDEN' }], [new TypeError(CANARY)]])(
    'is masked although it has no location, %#',
    (thrown: unknown) => {
      const { mask, faults } = watchedMask();
      expect(mask(thrown).toJSON()).toEqual(masked);
      expect(faults).toEqual([thrown]);
    },
  );

  it('is masked when a result cannot be serialized, whose message holds the result', async () => {
    const { errors, faults } = await answer('{ thing }', { thing: () => CANARY });
    expect(errors.map((each) => each.toJSON())).toMatchObject([masked]);
    expect(JSON.stringify(errors)).not.toContain(CANARY);
    expect(faults).toHaveLength(1);
  });

  it('is masked when a resolver throws an error of GraphQL without a known code', async () => {
    const { errors, faults } = await answer('{ thing }', {
      thing: () => {
        throw new GraphQLError(CANARY, { extensions: { code: 'MADE_UP' } });
      },
    });
    expect(errors.map((each) => each.toJSON())).toMatchObject([masked]);
    expect(faults).toHaveLength(1);
  });
});

describe('an error of GraphQL', () => {
  it('about syntax is bad input, with its place', async () => {
    const { errors, faults } = await answer('{ thing(');
    expect(errors.map((each) => each.toJSON())).toMatchObject([
      {
        message: 'Syntax Error: Expected Name, found <EOF>.',
        extensions: { code: 'BAD_USER_INPUT' },
        locations: [{ line: 1 }],
      },
    ]);
    expect(faults).toEqual([]);
  });

  it('about validation is bad input', () => {
    const { mask, faults } = watchedMask();
    const errors = validate(schema, parse('{ nothing }')).map(mask);
    expect(errors.map(({ extensions }) => extensions)).toEqual([{ code: 'BAD_USER_INPUT' }]);
    expect(errors[0]?.message).toContain('Cannot query field "nothing"');
    expect(faults).toEqual([]);
  });

  it.each([
    ['query ($v: Int) { thing(size: $v) }', CANARY, 'Variable "$v" has an invalid value.'],
    ['query ($v: Int) { thing(size: $v) }', 1.5, 'Variable "$v" has an invalid value.'],
    [
      'query ($v: Filter) { thing(filter: $v) }',
      { size: CANARY },
      'Variable "$v" has an invalid value at .size.',
    ],
    [
      'query ($v: Filter) { thing(filter: $v) }',
      { colors: ['RED', CANARY] },
      'Variable "$v" has an invalid value at .colors[1].',
    ],
    ['query ($v: Filter) { thing(filter: $v) }', { [CANARY]: 1 }, 'Variable "$v" has an invalid value.'],
    ['query ($v: ID!) { needed(id: $v) }', { a: CANARY }, 'Variable "$v" has an invalid value.'],
    ['query ($v: ID!) { needed(id: $v) }', null, 'Variable "$v" has an invalid value.'],
  ])(
    'about a variable of %s is bad input and does not repeat the value, %#',
    async (source, value, message) => {
      const { errors, faults } = await answer(source, { variables: { v: value } });
      expect(errors.map((each) => [each.message, each.extensions])).toEqual([
        [message, { code: 'BAD_USER_INPUT' }],
      ]);
      expect(faults).toEqual([]);
    },
  );

  it('about an argument that a variable leaves empty is bad input, with its path', async () => {
    const source = 'query ($v: ID = "x") { a: needed(id: $v) }';
    const { errors, faults } = await answer(source, { variables: { v: null } });
    expect(errors).toMatchObject([
      {
        message: 'Argument "Query.needed(id:)" has an invalid value.',
        path: ['a'],
        extensions: { code: 'BAD_USER_INPUT' },
      },
    ]);
    expect(faults).toEqual([]);
  });

  it.each([
    'UNAUTHENTICATED',
    'FORBIDDEN',
    'PERSISTED_QUERY_NOT_FOUND',
    'OPERATION_TOO_COMPLEX',
    'OVERLOADED',
  ])('keeps the code %s and the HTTP status that a plugin gave it', (code) => {
    const { mask, faults } = watchedMask();
    const error = new GraphQLError('Not now.', {
      extensions: { code, http: { status: 429 }, secret: CANARY },
    });
    expect(mask(error).toJSON()).toEqual({
      message: 'Not now.',
      extensions: { code, http: { status: 429 } },
    });
    expect(faults).toEqual([]);
  });

  it('loses a code that the contract does not list', () => {
    const { mask } = watchedMask();
    expect(
      mask(new GraphQLError('Odd.', { extensions: { code: 'GRAPHQL_PARSE_FAILED' } })).extensions,
    ).toEqual({
      code: 'BAD_USER_INPUT',
    });
  });
});

describe('an error of a custom scalar', () => {
  it('names the variable and the place, and keeps its message without the value', () => {
    const { mask } = watchedMask();
    const cause = new BadUserInputError('DateTime must be RFC 3339 text.');
    const messages = [
      `Variable "$from" has invalid value: Expected a DateTime, but encountered error; found: "${CANARY}".`,
      `Variable "$filter" has invalid value at .from: Expected a DateTime; found: "${CANARY}".`,
    ];
    expect(messages.map((message) => mask(new GraphQLError(message, { cause })).message)).toEqual([
      'Variable "$from": DateTime must be RFC 3339 text.',
      'Variable "$filter" at .from: DateTime must be RFC 3339 text.',
    ]);
  });
});
