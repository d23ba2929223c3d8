import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UpstreamInvalidResponseError } from '../../../src/errors/upstream-error.ts';
import { isUpstreamId } from '../../../src/node-id.ts';
import { upstreamPath } from '../../../src/upstream/http/upstream-path.ts';
import { HOSTILE_IDS } from '../../support/hostile-ids.ts';

const pathOf = upstreamPath('METRONOME');

describe('upstreamPath', () => {
  it('puts each id into one segment', () => {
    expect(pathOf`/v1/customers/${'c-1'}/invoices/${'a:b'}`).toBe('/v1/customers/c-1/invoices/a%3Ab');
    expect(pathOf`/v1/plans`).toBe('/v1/plans');
  });

  it('never lets an id out of its segment', () => {
    const id = fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }).filter(isUpstreamId);
    fc.assert(
      fc.property(id, id, (a, b) => {
        const { pathname, search, hash } = new URL(pathOf`/v1/${a}/parts/${b}/end`, 'http://host');
        expect(search + hash).toBe('');
        expect(pathname.split('/').map(decodeURIComponent)).toEqual(['', 'v1', a, 'parts', b, 'end']);
      }),
    );
  });

  it.each(HOSTILE_IDS.map((id) => [JSON.stringify(id).slice(0, 40), id]))(
    'takes %s for a fault of the provider that gave it, without repeating it',
    (_shown, id) => {
      expect(() => pathOf`/v1/customers/${id}`).toThrow(
        new UpstreamInvalidResponseError('METRONOME', 'The provider gave no usable value for an id.'),
      );
    },
  );
});
