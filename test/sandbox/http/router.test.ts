import { describe, expect, it } from 'vitest';
import { createRouter } from '../../../src/sandbox/http/router.ts';

describe('sandbox router', () => {
  const find = createRouter([
    { method: 'GET', path: '/things/{thing_id}', handler: 'get thing' },
    { method: 'GET', path: '/things/latest', handler: 'get latest' },
    { method: 'POST', path: '/things', handler: 'create thing' },
    { method: 'PATCH', path: '/things/{thing_id}', handler: 'change thing' },
  ]);

  it('finds an operation and decodes its parameters', () => {
    expect(find('GET', '/things/a%2Fb%20c')).toEqual({
      kind: 'found',
      handler: 'get thing',
      params: { thing_id: 'a/b c' },
    });
  });

  it('prefers fixed segments to parameters', () => {
    expect(find('GET', '/things/latest')).toMatchObject({ handler: 'get latest' });
    expect(find('PATCH', '/things/latest')).toMatchObject({ handler: 'change thing' });
  });

  it('names the methods of a path that has others', () => {
    expect(find('DELETE', '/things/1')).toEqual({ kind: 'wrong-method', allowed: ['GET', 'PATCH'] });
  });

  it.each(['/thing', '/things/', '/things/1/2', '/things/%E0%A4%A', 'things'])('does not know %s', (path) => {
    expect(find('GET', path)).toEqual({ kind: 'unknown-path' });
  });
});
