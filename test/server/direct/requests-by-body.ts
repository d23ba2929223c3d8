import { MAX_JSON_DEPTH } from '../../../src/json/json-depth.ts';
import { get, post, titled, type CorpusRequest } from './requests.ts';

const PLAIN = '{ providers { provider sandbox } }';
const PAGE = 'query Page($first: Int) { customers(first: $first) { nodes { id name } } }';
const NAMED = 'query A { providers { provider } } query B { __typename } mutation C { __typename }';
const CONDITIONS =
  'query ($yes: Boolean!, $no: Boolean = false) { providers { provider @include(if: $yes) sandbox @skip(if: $no) } }';
const CHARGE =
  'mutation ($input: AddOneTimeChargeInput!) { addOneTimeCharge(input: $input) { __typename ... on Error { code message } } }';
const quoted = JSON.stringify(PLAIN);

function nested(depth: number, open: string, inner: string, close: string): string {
  return open.repeat(depth) + inner + close.repeat(depth);
}

/** Bodies as they stand. */
const BODIES: Readonly<Record<string, string | Buffer>> = {
  'an empty body': '',
  'a body of spaces': '   ',
  'a body of null': 'null',
  'a body of true': 'true',
  'a number': '1',
  'a text': '"x"',
  'an empty list': '[]',
  'a list': `[{"query":${quoted}}]`,
  'a list of two': `[{"query":${quoted}},{"query":${quoted}}]`,
  'an empty object': '{}',
  'half an object': '{"query":',
  'a comma too many': `{"query":${quoted},}`,
  'something behind': `{"query":${quoted}} x`,
  'spaces around': ` \r\n\t{ "query" : ${quoted} }\n `,
  'other spaces': `\u00A0{"query":${quoted}}`,
  'a byte order mark': `\uFEFF{"query":${quoted}}`,
  'two byte order marks': `\uFEFF\uFEFF{"query":${quoted}}`,
  'UTF-16': Buffer.from(`{"query":${quoted}}`, 'utf16le'),
  'bytes that are no UTF-8': Buffer.from(`{"query":"{ __typename } #\u00FF\u00C3"}`, 'latin1'),
  'bytes that are no UTF-8 in a name': Buffer.from(`{"query":${quoted},"\u00FF":1}`, 'latin1'),
  'half a character at the end': Buffer.concat([
    Buffer.from(`{"query":${quoted}}`),
    Buffer.from([0xe2, 0x82]),
  ]),
  'half a surrogate pair': '{"query":"{ __typename } #\\ud800"}',
  'a character of four bytes': '{"query":"{ __typename } #𝕏"}',
  zeros: `{"query":${quoted}}\0`,
  'the query twice': `{"query":"x","query":${quoted}}`,
  'the same query twice': `{"query":${quoted},"query":${quoted}}`,
  'a variable twice': `{"query":${JSON.stringify(PAGE)},"variables":{"first":1,"first":2}}`,
  'a member of every object': `{"query":${quoted},"__proto__":{"query":"x"}}`,
  'only a member of every object': `{"__proto__":{"query":${quoted}}}`,
  'members of every object as variables': `{"query":${quoted},"variables":{"__proto__":{"first":1},"constructor":1,"toString":2}}`,
  'extensions by a member of every object': `{"query":${quoted},"extensions":{"__proto__":{"cost":true}}}`,
  'a constructor': `{"query":${quoted},"constructor":1}`,
  'lists in lists': `{"query":${quoted},"variables":{"a":${nested(5000, '[', '', ']')}}}`,
  'lists in lists beside': `{"query":${quoted},"x":${nested(100_000, '[', '', ']').slice(0, 40_000)}`,
  'lists in lists beside, all closed': `{"query":${quoted},"extensions":{"x":${nested(20_000, '[', '', ']')}}}`,
  'lists as deep as may be': `{"query":${quoted},"extensions":{"x":${nested(MAX_JSON_DEPTH - 2, '[', '', ']')}}}`,
  'lists one too deep': `{"query":${quoted},"extensions":{"x":${nested(MAX_JSON_DEPTH - 1, '[', '', ']')}}}`,
  'objects in objects': `{"query":${quoted},"variables":${nested(5000, '{"a":', '1', '}')}}`,
  'a body that is as long as may be': `{"query":${quoted}${' '.repeat(999_950)}}`,
  'a body that is exactly as long as may be': `{"query":${quoted}}`.padEnd(1_000_000, ' '),
  'a body that is one too long': `{"query":${quoted}}`.padEnd(1_000_001, ' '),
  'a body that is far too long': `{"query":${quoted}}`.padEnd(3_000_000, ' '),
  'a body of values': `{"query":${quoted},"variables":{"a":[${'1,'.repeat(60_000)}1]}}`,
};

const VARIABLES: readonly string[] = [
  'null',
  '{}',
  '[]',
  '"x"',
  '1',
  'true',
  '{"first":null}',
  '{"first":2}',
  '{"first":2.0}',
  '{"first":2e0}',
  '{"first":2.5}',
  '{"first":-0}',
  '{"first":1e400}',
  '{"first":0}',
  '{"first":101}',
  '{"first":12345678901234567890}',
  '{"first":2.00000000000000000000001}',
  '{"first":"2"}',
  '{"first":[2]}',
  '{"first":{}}',
  '{"first":true}',
  '{"second":2}',
  '{"first":2,"second":{"deep":[1.10]}}',
  '{"First":2}',
  '{"first":2,"":1}',
];

const CONDITION_VARIABLES: readonly string[] = [
  '{"yes":true}',
  '{"yes":false}',
  '{"yes":true,"no":true}',
  '{"yes":true,"no":null}',
  '{"yes":null}',
  '{"yes":"true"}',
  '{"yes":1}',
  '{}',
];

/** Texts of JSON, of members beside a query with three operations. */
const OPERATION_NAMES = [
  'null',
  '""',
  '"A"',
  '"B"',
  '"C"',
  '"D"',
  '"a"',
  '"__proto__"',
  '1',
  '[]',
  '["A"]',
  '{}',
  'true',
];

const PARAMETERS: Readonly<Record<string, string>> = {
  'an unknown parameter': '"x":1',
  'an unknown parameter that is null': '"x":null',
  'extensions that are null': '"extensions":null',
  'empty extensions': '"extensions":{}',
  'extensions that are a list': '"extensions":[]',
  'extensions that are a text': '"extensions":"x"',
  'unknown extensions': '"extensions":{"x":1}',
  'the cost asked for': '"extensions":{"cost":true}',
  'the cost not asked for': '"extensions":{"cost":false}',
  'the cost asked for by a number': '"extensions":{"cost":1}',
  'the cost asked for by a text': '"extensions":{"cost":"true"}',
  'a null id': '"id":null,"documentId":null,"doc_id":null',
  'an id': '"id":"x"',
  'an empty id': '"documentId":""',
  'an id that is a number': '"doc_id":1',
  'a persisted query that is null': '"extensions":{"persistedQuery":null}',
  'a persisted query that is a text': '"extensions":{"persistedQuery":"x"}',
  'a persisted query of another version': '"extensions":{"persistedQuery":{"version":2,"sha256Hash":"x"}}',
  'a persisted query with the wrong hash': '"extensions":{"persistedQuery":{"version":1,"sha256Hash":"x"}}',
};

const QUERIES = [
  'null',
  '""',
  '" "',
  '1',
  '[]',
  '{}',
  'true',
  '"{"',
  '"{ x }"',
  '"{ providers }"',
  '"#"',
  '"fragment F on Query { __typename }"',
];

const EXACT: readonly string[] = [
  '1234567890.123456789012345678901234567890',
  '0.10',
  '1e-7',
  '"12.50"',
  '"12.5"',
  '12.50',
  '-1',
  'null',
  'true',
];

/** All that stands in the body of a request or its address; each comes again, since what is known then may be answered otherwise. */
export const REQUESTS_BY_BODY: readonly CorpusRequest[] = [
  ...Object.entries(BODIES).map(([title, body]) => ({ title, bytes: post(body) })),
  ...VARIABLES.flatMap((variables) =>
    titled({
      [`POST of a page with ${variables}`]: post(
        `{"query":${JSON.stringify(PAGE)},"variables":${variables}}`,
      ),
      [`GET of a page with ${variables}`]: get({ query: PAGE, variables: textOf(variables) }),
    }),
  ),
  ...CONDITION_VARIABLES.flatMap((variables) =>
    titled({
      [`POST of conditions with ${variables}`]: post(
        `{"query":${JSON.stringify(CONDITIONS)},"variables":${variables}}`,
      ),
      [`GET of conditions with ${variables}`]: get({ query: CONDITIONS, variables: textOf(variables) }),
    }),
  ),
  ...OPERATION_NAMES.flatMap((name) =>
    titled({
      [`POST of operation ${name} of three`]: post(
        `{"query":${JSON.stringify(NAMED)},"operationName":${name}}`,
      ),
      [`GET of operation ${name} of three`]: get({ query: NAMED, operationName: textOf(name) }),
      [`POST of operation ${name} of one`]: post(`{"query":${JSON.stringify(PAGE)},"operationName":${name}}`),
    }),
  ),
  ...titled({
    'POST of three operations': post({ query: NAMED }),
    'GET of three operations': get({ query: NAMED }),
  }),
  ...Object.entries(PARAMETERS).flatMap(([title, member]) =>
    titled({
      [`POST with ${title}`]: post(`{"query":${quoted},${member}}`),
      [`GET with ${title}`]: get(addressed(`{"query":${quoted},${member}}`)),
      [`POST of nothing with ${title}`]: post(`{${member}}`),
    }),
  ),
  ...QUERIES.flatMap((query) =>
    titled({
      [`POST of the query ${query}`]: post(`{"query":${query}}`),
      [`GET of the query ${query}`]: get({ query: textOf(query) }),
    }),
  ),
  ...EXACT.flatMap((amount) =>
    titled({
      [`a filter of ${amount}`]: post(
        `{"query":"query ($f: InvoiceFilter) { __typename }","variables":{"f":${amount}}}`,
      ),
      [`a charge of ${amount}`]: post(
        `{"query":${JSON.stringify(CHARGE)},"variables":{"input":{"idempotencyKey":"k","customerId":"x","charge":{"maple":{"timing":"NEXT","items":[{"quantity":${amount},"customPrice":{"productId":"p","unitPrice":{"amount":${amount},"currency":"USD"},"description":"d"}}]}}}}}`,
      ),
    }),
  ),
];

/** A text of JSON as it stands in an address: texts without their quotes. */
function textOf(json: string): string {
  const value: unknown = JSON.parse(json);
  return typeof value === 'string' ? value : json;
}

function addressed(body: string): Readonly<Record<string, unknown>> {
  const value: unknown = JSON.parse(body);
  return { ...(typeof value === 'object' && value) };
}
