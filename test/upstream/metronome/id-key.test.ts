import { describe, expect, it } from 'vitest';
import { idKey } from '../../../src/upstream/metronome/id-key.ts';

describe('idKey', () => {
  it('is the same for a UUID in upper and lower case', () => {
    expect(idKey('0F6A1C1E-6A3F-4A51-9F5E-1D0C3C5B7A01')).toBe(idKey('0f6a1c1e-6a3f-4a51-9f5e-1d0c3c5b7a01'));
  });

  it('tells other ids apart that differ in case only', () => {
    expect(idKey('Ab1')).not.toBe(idKey('ab1'));
  });
});
