import { describe, expect, it } from 'vitest';
import { answerTo } from './small-answer.ts';

describe('fragments', () => {
  it.each<readonly [string, string, string]>([
    ['on an interface hold for its types', '{ human { ... on Being { name } } }', '{"human":{"name":"Ada"}}'],
    [
      'on a union hold for its types',
      '{ being { ... on Found { __typename } } }',
      '{"being":{"__typename":"Robot"}}',
    ],
    [
      'on another type are left out',
      '{ found { ... on Robot { model } ... on Being { name } } }',
      '{"found":[{"name":"Ada"},null,{"model":"D2","name":"R2"},{"model":"D2","name":"R2"}]}',
    ],
    [
      'without a type hold for all',
      '{ ... { bare } ...@include(if: true) { color } }',
      '{"bare":"bare","color":"BLUE"}',
    ],
    [
      'that nothing is left of give an empty object',
      '{ human { ... @skip(if: true) { name } } }',
      '{"human":{}}',
    ],
    [
      'are spread in several places',
      '{ human { ...F friend { ...F } } lateHuman { ...F } } fragment F on Human { name }',
      '{"human":{"name":"Ada","friend":{"name":"Bea"}},"lateHuman":{"name":"Ada"}}',
    ],
    [
      'come where they are spread first',
      '{ human { ...F lateName ...F } } fragment F on Being { name }',
      '{"human":{"name":"Ada","lateName":"Ada, later"}}',
    ],
    [
      'that are left out once count when they come again',
      '{ human { ...F @skip(if: true) lateName ...F } } fragment F on Being { name }',
      '{"human":{"lateName":"Ada, later","name":"Ada"}}',
    ],
    [
      'may be called anything',
      '{ ...constructor ...__proto__ } fragment constructor on Query { bare } fragment __proto__ on Query { color }',
      '{"bare":"bare","color":"BLUE"}',
    ],
  ])('%s', async (_, query, data) => {
    expect(await answerTo(query)).toBe(`{"data":${data}}`);
  });
});
