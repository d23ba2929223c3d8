import { describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.ts';
import { faultyIn, KEY_HASH as HASH, PRODUCTION } from './support/config-faults.ts';

describe('the configuration of a deployment', () => {
  it('refuses GATEWAY_JWKS_URL, a protection that this version does not give', () => {
    const asked = { GATEWAY_JWKS_URL: 'https://keys.example.com' };
    expect(() => readConfig(asked)).toThrow('GATEWAY_JWKS_URL: asks for a protection');
    expect(() => readConfig({ ...asked, PORT: 'x' })).toThrow('GATEWAY_JWKS_URL: asks for a protection');
  });

  it('closes what only development needs, in production and where it is told to', () => {
    const closed = { persistedOperations: { mode: 'only' }, introspection: false };
    expect(readConfig(PRODUCTION)).toMatchObject(closed);
    expect(readConfig({ PERSISTED_OPERATIONS: 'only', INTROSPECTION: 'off' })).toMatchObject(closed);
    const open = { PERSISTED_OPERATIONS: 'off', INTROSPECTION: 'on' };
    expect(readConfig({ ...PRODUCTION, ...open })).toMatchObject({
      persistedOperations: { mode: 'off' },
      introspection: true,
    });
  });

  it.each(['METRONOME_API_TOKEN', 'MAPLE_API_TOKEN', 'MAPLE_COMPANY_ID', 'GATEWAY_API_KEYS'])(
    'needs %s in production',
    (name) => {
      expect(faultyIn({ ...PRODUCTION, [name]: undefined })).toEqual([name]);
      expect(faultyIn({ ...PRODUCTION, [name]: ' ' })).toEqual([name]);
      expect(faultyIn(PRODUCTION)).toEqual([]);
    },
  );

  it('needs the company wherever there is a Maple token', () => {
    expect(faultyIn({ MAPLE_API_TOKEN: 'token' })).toEqual(['MAPLE_COMPANY_ID']);
    expect(faultyIn({ MAPLE_API_TOKEN: 'token', MAPLE_COMPANY_ID: 'cmp_1' })).toEqual([]);
    expect(faultyIn({ METRONOME_API_TOKEN: 'token' })).toEqual([]);
  });

  it.each(['127.0.0.1', '::1', 'localhost', ' localhost '])('is open on the loopback address %j', (host) => {
    expect(faultyIn({ HOST: host })).toEqual([]);
  });

  it.each(['0.0.0.0', '::', '192.0.2.1', 'gateway.example.com', '127.0.0.1.example.com'])(
    'is not open on %s',
    (host) => {
      expect(faultyIn({ HOST: host })).toEqual(['GATEWAY_API_KEYS']);
      expect(faultyIn({ HOST: host, GATEWAY_API_KEYS: ' , ' })).toEqual(['GATEWAY_API_KEYS']);
      expect(faultyIn({ HOST: host, GATEWAY_API_KEYS: `a:read:${HASH}` })).toEqual([]);
    },
  );
});
