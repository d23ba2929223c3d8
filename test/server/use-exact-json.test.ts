import { Readable } from 'node:stream';
import * as fc from 'fast-check';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pickText } from '../support/pick.ts';
import { startEchoServer, type EchoServer } from './echo-server.ts';

const MAX_BODY_BYTES = 1_000_000;

let server: EchoServer;
beforeAll(async () => {
  server = await startEchoServer(MAX_BODY_BYTES);
});
afterAll(() => server.stop());

async function post(body: string, contentType = 'application/json'): Promise<Response> {
  return fetch(server.url, { method: 'POST', headers: { 'content-type': contentType }, body });
}

/** The arguments that arrive, as JSON text; `variables` is a JSON text too. */
async function echoed(query: string, variables = '{}', contentType?: string): Promise<string> {
  const response = await post(`{"query":${JSON.stringify(query)},"variables":${variables}}`, contentType);
  const body: unknown = await response.json();
  expect(body).not.toHaveProperty('errors');
  return pickText(body, 'data', 'echo');
}

async function expectBadRequest(response: Response): Promise<void> {
  const text = await response.text();
  expect({ status: response.status, text }).toMatchObject({ status: 400 });
  expect(JSON.parse(text)).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
  expect(text).not.toMatch(/stack|originalError|canary|node_modules/);
}

const NUMBERS = [
  '0',
  '-0',
  '1.50',
  '1e2',
  '1E400',
  '-1.0e-7',
  '9007199254740993',
  '0.1000000000000000055511151231257827',
  '123456789012345678901234567890.12',
];

describe('a JSONObject', () => {
  it.each(NUMBERS)('keeps %s digit for digit as a variable', async (number) => {
    const json = `{"n":${number},"deep":[{"n":[${number}]}]}`;
    expect(await echoed('query ($json: JSONObject) { echo(json: $json) }', `{"json":${json}}`)).toBe(
      `{"json":${json}}`,
    );
    expect(
      await echoed('query ($parts: [Part]) { echo(parts: $parts) }', `{"parts":[null,{"json":${json}}]}`),
    ).toBe(`{"parts":[null,{"json":${json}}]}`);
  });

  it.each(NUMBERS)('keeps %s digit for digit in a literal', async (number) => {
    const json = `{n: ${number}, deep: [{n: [${number}]}]}`;
    const expected = `{"json":{"n":${number},"deep":[{"n":[${number}]}]}}`;
    expect(await echoed(`{ echo(json: ${json}) }`)).toBe(expected);
    expect(await echoed(`query ($json: JSONObject = ${json}) { echo(json: $json) }`)).toBe(expected);
  });

  it('keeps every other value', async () => {
    const json =
      '{"text":"é\\"\\\\\\n😀","empty":"","yes":true,"no":false,"nothing":null,"list":[],"object":{},"":1}';
    expect(await echoed('query ($json: JSONObject) { echo(json: $json) }', `{"json":${json}}`)).toBe(
      `{"json":${json}}`,
    );
    expect(
      await echoed(
        '{ echo(json: {text: "é\\"", word: WORD, yes: true, no: false, nothing: null, list: [], object: {}}) }',
      ),
    ).toBe(
      '{"json":{"text":"é\\"","word":"WORD","yes":true,"no":false,"nothing":null,"list":[],"object":{}}}',
    );
  });

  it('keeps any JSON', async () => {
    const number = fc
      .tuple(fc.bigInt(), fc.constantFrom('', '.50', '.0', 'e3', 'E-30', '.10e+1'))
      .map(([whole, rest]) => `${whole}${rest}`);
    const leaf = fc.oneof(
      number,
      fc.string({ unit: 'binary' }).map((text) => JSON.stringify(text)),
    );
    const { json } = fc.letrec<{ json: string; list: string; object: string }>((tie) => ({
      json: fc.oneof({ maxDepth: 4 }, leaf, tie('list'), tie('object')),
      list: fc.array(tie('json'), { maxLength: 3 }).map((items) => `[${items.join(',')}]`),
      object: fc
        .uniqueArray(fc.tuple(fc.constantFrom('a', 'b', '__proto__', 'constructor', 'value'), tie('json')), {
          selector: ([key]) => key,
          maxLength: 3,
        })
        .map((members) => `{${members.map(([key, value]) => `"${key}":${value}`).join(',')}}`),
    }));
    await fc.assert(
      fc.asyncProperty(json, async (value) => {
        const query = 'query ($json: JSONObject) { echo(json: $json) }';
        expect(await echoed(query, `{"json":{"v":${value}}}`)).toBe(`{"json":{"v":${value}}}`);
      }),
      { numRuns: 200 },
    );
  });

  it('keeps a member called __proto__, which changes nothing else', async () => {
    const json = '{"__proto__":{"polluted":1.50},"a":{"__proto__":null}}';
    expect(await echoed('query ($json: JSONObject) { echo(json: $json) }', `{"json":${json}}`)).toBe(
      `{"json":${json}}`,
    );
    expect(await echoed('{ echo(json: {__proto__: {polluted: 1.50}, a: {__proto__: null}}) }')).toBe(
      `{"json":${json}}`,
    );
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  it('takes an object with the members of a number for an object', async () => {
    const json = '{"isLosslessNumber":true,"value":"1","rawJSON":"2"}';
    expect(await echoed('query ($json: JSONObject) { echo(json: $json) }', `{"json":${json}}`)).toBe(
      `{"json":${json}}`,
    );
  });

  it('takes variables in a literal', async () => {
    const query = `query ($int: Int, $float: Float, $text: String, $json: JSONObject, $decimal: Decimal, $gone: Int) {
      echo(json: {int: $int, float: $float, text: $text, json: $json, decimal: $decimal, gone: $gone, list: [$gone, $int]})
    }`;
    const variables = '{"int":7,"float":1.5,"text":"x","json":{"n":1.50},"decimal":2.50}';
    expect(await echoed(query, variables)).toBe(
      '{"json":{"int":7,"float":1.5,"text":"x","json":{"n":1.50},"decimal":"2.50","list":[null,7]}}',
    );
  });

  it.each(['1', '"x"', '[]', '[{}]', 'true'])('is not %s', async (value) => {
    const body = { query: 'query ($json: JSONObject) { echo(json: $json) }' };
    const response = await post(`${JSON.stringify(body).slice(0, -1)},"variables":{"json":${value}}}`);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
    const literal = await post(JSON.stringify({ query: `{ echo(json: ${value}) }` }));
    expect(await literal.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
  });

  it('nests 100 levels deep and no deeper', async () => {
    const nested = (levels: number) => `${'{"a":'.repeat(levels - 1)}{}${'}'.repeat(levels - 1)}`;
    const query = 'query ($json: JSONObject) { echo(json: $json) }';
    expect(await echoed(query, `{"json":${nested(100)}}`)).toBe(`{"json":${nested(100)}}`);
    const literal = nested(100).replaceAll('"', '');
    expect(await echoed(`{ echo(json: ${literal}) }`)).toBe(`{"json":${nested(100)}}`);
    for (const body of [
      `{"query":"${query}","variables":{"json":${nested(101)}}}`,
      `{"query":"${query}","variables":{"json":${nested(2000)}}}`,
      JSON.stringify({ query: `{ echo(json: ${nested(101).replaceAll('"', '')}) }` }),
    ]) {
      const answer: unknown = await (await post(body)).json();
      expect(answer).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
    }
  });
});

describe('a Decimal', () => {
  it.each([
    ['1.50', '1.50'],
    ['9007199254740993', '9007199254740993'],
    ['1e2', '100'],
    ['-0', '0'],
    ['0.1000000000000000055511151231257827', '0.1000000000000000055511151231257827'],
  ])('takes the JSON number %s digit for digit', async (number, expected) => {
    const query = 'query ($decimal: Decimal, $parts: [Part]) { echo(decimal: $decimal, parts: $parts) }';
    expect(await echoed(query, `{"decimal":${number},"parts":{"decimals":[${number}]}}`)).toBe(
      `{"decimal":"${expected}","parts":[{"decimals":["${expected}"]}]}`,
    );
  });

  it.each([
    ['7', 'taken'],
    ['"1.50"', 'taken'],
    ['1.50', 'BAD_USER_INPUT'],
    ['9007199254740993', 'BAD_USER_INPUT'],
  ])('that comes through a float as %s is %s', async (value, outcome) => {
    const query = encodeURIComponent('query ($decimal: Decimal) { echo(decimal: $decimal) }');
    const variables = encodeURIComponent(`{"decimal":${value}}`);
    const headers = { accept: 'application/json' };
    const response = await fetch(`${server.url}?query=${query}&variables=${variables}`, { headers });
    const body: unknown = await response.json();
    const taken = { data: { echo: `{"decimal":"${value.replaceAll('"', '')}"}` } };
    expect(body).toMatchObject(outcome === 'taken' ? taken : { errors: [{ extensions: { code: outcome } }] });
  });
});

describe('types of GraphQL itself', () => {
  it('take numbers as ever, however they are spelled', async () => {
    const query = `query ($int: Int, $float: Float, $id: ID, $ints: [Int!], $parts: [Part]) {
      echo(int: $int, float: $float, id: $id, ints: $ints, parts: $parts)
    }`;
    const variables = '{"int":20.0,"float":1.50,"id":7,"ints":[1,2e0,3.0],"parts":[{"int":4.00}]}';
    expect(await echoed(query, variables)).toBe(
      '{"int":20,"float":1.5,"id":"7","ints":[1,2,3],"parts":[{"int":4}]}',
    );
    expect(await echoed(query, '{"ints":5,"parts":{"int":6}}')).toBe('{"ints":[5],"parts":[{"int":6}]}');
  });

  it.each([
    '{"int":1.5}',
    '{"int":3000000000}',
    '{"int":"1"}',
    '{"int":1e400}',
    '{"parts":1}',
    '{"parts":[[]]}',
  ])('refuse %s', async (variables) => {
    const query = 'query ($int: Int, $parts: [Part]) { echo(int: $int, parts: $parts) }';
    const response = await post(`{"query":${JSON.stringify(query)},"variables":${variables}}`);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
  });

  it('do not take members of a __proto__ for their own', async () => {
    const query = 'query ($parts: [Part]) { echo(parts: $parts) }';
    const response = await post(`{"query":"${query}","variables":{"parts":[{"__proto__":{"int":1}}]}}`);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
    expect(await echoed('{ echo(int: 1) }', '{"__proto__":{"int":2},"unused":1.5}')).toBe('{"int":1}');
  });
});

describe('a JSON body', () => {
  it.each(['application/json', 'application/json; charset=utf-8', 'application/graphql+json'])(
    'is read without loss as %s',
    async (contentType) => {
      const query = 'query ($json: JSONObject) { echo(json: $json) }';
      expect(await echoed(query, '{"json":{"n":1.50}}', contentType)).toBe('{"json":{"n":1.50}}');
    },
  );

  it.each([
    ['nothing', ''],
    ['no JSON', '{"query": canary'],
    ['null', 'null'],
    ['a number', '1.5'],
    ['a number beyond doubles', '1e400'],
    ['a text', '"canary"'],
    ['a list', '[{"query":"{ echo }"}]'],
    ['no query', '{}'],
    ['a number for a query', '{"query":12345678901234567890}'],
    ['a number for variables', '{"query":"{ echo }","variables":1e400}'],
    ['a list for variables', '{"query":"{ echo }","variables":[1.5]}'],
    ['a number for extensions', '{"query":"{ echo }","extensions":1.5}'],
    ['an unknown member', '{"query":"{ echo }","surplus":1.5}'],
    ['a __proto__', '{"query":"{ echo }","__proto__":{"canary":1}}'],
    ['a query twice', '{"query":"{ echo }","query":"{ __typename }"}'],
    ['a variable twice', '{"query":"{ echo }","variables":{"canary":1,"canary":1.0}}'],
    ['a nested member twice', '{"query":"{ echo }","variables":{"a":[{"b":{"c":1,"c":2}}]}}'],
    ['endless lists', `{"query":"{ echo }","variables":{"a":${'['.repeat(450_000)}${']'.repeat(450_000)}}}`],
    ['endless objects', `{"query":"{ echo }","variables":${'{"a":'.repeat(150_000)}1${'}'.repeat(150_000)}}`],
  ])('of %s is a 400 without a stack', async (_, body) => {
    await expectBadRequest(await post(body));
  });

  it('that is too large is a 413', async () => {
    const body = JSON.stringify({ query: '{ echo }', variables: { a: 'x'.repeat(MAX_BODY_BYTES) } });
    expect((await post(body)).status).toBe(413);
    const headers = { 'content-type': 'application/json' };
    const response = await request(server.url, { method: 'POST', headers, body: Readable.from([body]) });
    await response.body.dump();
    expect(response.statusCode).toBe(413);
  });
});
