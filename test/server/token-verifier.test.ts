import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { generateKeyPair, UnsecuredJWT } from 'jose';
import { createTokenVerifier, type TokenVerifier } from '../../src/server/token-verifier.ts';
import { pick } from '../support/pick.ts';
import { startTokenIssuer, type TokenIssuer } from '../support/token-issuer.ts';

let issuer: TokenIssuer;
let verifier: TokenVerifier;

beforeEach(async () => {
  issuer = await startTokenIssuer();
  verifier = createTokenVerifier(issuer);
});
afterEach(() => issuer.close());

const seconds = (): number => Math.floor(Date.now() / 1000);

describe('a token', () => {
  it('names its caller by issuer and subject', async () => {
    expect(await verifier.verify(await issuer.sign({ sub: 'app-7' }))).toEqual({
      kind: 'caller',
      caller: { id: `jwt:${issuer.issuer}:app-7`, role: 'read' },
    });
  });

  it.each([
    ['billing:read', 'read'],
    ['billing:write', 'write'],
    ['openid billing:read billing:write', 'write'],
    ['openid billing:read profile', 'read'],
  ])('with the scope %j may %s', async (scope, role) => {
    for (const claims of [
      { scope },
      { scope: undefined, scp: scope.split(' ') },
      { scope: undefined, scp: scope },
    ]) {
      expect(await verifier.verify(await issuer.sign(claims))).toMatchObject({ caller: { role } });
    }
  });

  it.each([
    ['no scope', { scope: undefined }],
    ['another scope', { scope: 'openid' }],
    ['a scope that begins alike', { scope: 'billing:reader billing:write:all' }],
    ['a scope in other case', { scope: 'BILLING:WRITE' }],
    ['a list of lists', { scope: undefined, scp: [['billing:write']] }],
    ['an object', { scope: { 'billing:write': true } }],
  ])('with %s is allowed nothing', async (_what, claims) => {
    expect(await verifier.verify(await issuer.sign(claims))).toEqual({ kind: 'not-allowed' });
  });

  it.each<readonly [string, () => Readonly<Record<string, unknown>>]>([
    ['of another issuer', () => ({ iss: 'https://other.example.com/' })],
    ['of an issuer that begins alike', () => ({ iss: `${issuer.issuer}x` })],
    ['of no issuer', () => ({ iss: undefined })],
    ['for another audience', () => ({ aud: 'other' })],
    ['for other audiences', () => ({ aud: ['other', 'another'] })],
    ['for no audience', () => ({ aud: undefined })],
    ['that has expired', () => ({ exp: seconds() - 10 })],
    ['that never expires', () => ({ exp: undefined })],
    ['that holds only later', () => ({ nbf: seconds() + 10 })],
    ['without a subject', () => ({ sub: undefined })],
    ['with an empty subject', () => ({ sub: '' })],
    ['with a subject that is no text', () => ({ sub: 7 })],
  ])('%s is not taken', async (_what, claims) => {
    expect(await verifier.verify(await issuer.sign({ scope: 'billing:write', ...claims() }))).toEqual({
      kind: 'invalid',
    });
  });

  it('for several audiences, this one among them, is taken', async () => {
    expect(await verifier.verify(await issuer.sign({ aud: ['other', issuer.audience] }))).toMatchObject({
      kind: 'caller',
    });
  });

  it('may be some seconds off, as clocks are', async () => {
    expect(
      await verifier.verify(await issuer.sign({ exp: seconds() - 2, nbf: seconds() + 2 })),
    ).toMatchObject({
      kind: 'caller',
    });
  });

  it('without a signature is not taken', async () => {
    const { issuer: iss, audience: aud } = issuer;
    const token = new UnsecuredJWT({
      iss,
      aud,
      sub: 'user-1',
      exp: seconds() + 60,
      scope: 'billing:write',
    }).encode();
    expect(await verifier.verify(token)).toEqual({ kind: 'invalid' });
    expect(await verifier.verify(token.replace(/\.[^.]*$/, '.AAAA'))).toEqual({ kind: 'invalid' });
  });

  it('signed with the public key as a shared secret is not taken', async () => {
    const published = await (await fetch(issuer.jwksUrl)).text();
    const secrets = [published, JSON.stringify(pick(JSON.parse(published), 'keys', 0))];
    for (const secret of secrets) {
      for (const alg of ['HS256', 'HS384', 'HS512']) {
        const token = await issuer.sign(
          { scope: 'billing:write' },
          { header: { alg }, key: Buffer.from(secret.padEnd(64)) },
        );
        expect(await verifier.verify(token)).toEqual({ kind: 'invalid' });
      }
    }
  });

  it('signed with a key that it brings along is not taken', async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
    const jwk = await crypto.subtle.exportKey('jwk', publicKey);
    for (const header of [
      {},
      { jwk },
      { jku: issuer.jwksUrl },
      { x5u: issuer.jwksUrl },
      { kid: undefined, jwk },
    ]) {
      const token = await issuer.sign({ scope: 'billing:write' }, { header, key: privateKey });
      expect(await verifier.verify(token)).toEqual({ kind: 'invalid' });
    }
  });

  it('that was changed is not taken', async () => {
    const [header = '', , signature = ''] = (await issuer.sign()).split('.');
    const [, payload = ''] = (await issuer.sign({ scope: 'billing:write' })).split('.');
    expect(await verifier.verify([header, payload, signature].join('.'))).toEqual({ kind: 'invalid' });
  });

  it.each(['', 'a.b.c', '..', 'e30.e30.', `${'a'.repeat(10_000)}.b.c`])(
    'that is none is not taken: %s',
    async (token) => {
      expect(await verifier.verify(token)).toEqual({ kind: 'invalid' });
    },
  );

  it.each(['RS256', 'PS384', 'ES512', 'EdDSA'])('is taken with %s', async (alg) => {
    const other = await startTokenIssuer(alg);
    expect(await createTokenVerifier(other).verify(await other.sign())).toMatchObject({ kind: 'caller' });
    await other.close();
  });
});

describe("the issuer's keys", () => {
  it('are fetched when the first token comes, and once for all that follow', async () => {
    expect(issuer.fetches()).toBe(0);
    const token = await issuer.sign();
    await Promise.all(Array.from({ length: 20 }, () => verifier.verify(token)));
    await verifier.verify(await issuer.sign({ sub: 'another' }));
    expect(issuer.fetches()).toBe(1);
  });

  it('are not fetched for each token with an unknown key', async () => {
    await verifier.verify(await issuer.sign());
    for (let at = 0; at < 20; at += 1) {
      const token = await issuer.sign({}, { header: { kid: `unknown-${at}` } });
      expect(await verifier.verify(token)).toEqual({ kind: 'invalid' });
    }
    expect(issuer.fetches()).toBe(1);
  });

  it('take tokens of both while one replaces the other', async () => {
    const old = await issuer.sign();
    await issuer.rotate({ keepOld: true });
    expect(await verifier.verify(old)).toMatchObject({ kind: 'caller' });
    expect(await verifier.verify(await issuer.sign())).toMatchObject({ kind: 'caller' });
  });

  it.each(['status 500', 'no JSON', 'no keys', 'redirect', 'reset'] as const)(
    'that cannot be had (%s) make a token invalid, and are had again later',
    async (answer) => {
      issuer.answer = answer;
      const token = await issuer.sign();
      expect(await verifier.verify(token)).toEqual({ kind: 'invalid' });
      issuer.answer = 'properly';
      await expect.poll(async () => (await verifier.verify(token)).kind, { timeout: 5000 }).toBe('caller');
    },
  );

  it('are asked for once while they cannot be had, however many tokens come', async () => {
    issuer.answer = 'status 500';
    const token = await issuer.sign();
    for (let at = 0; at < 50; at += 1) await verifier.verify(token);
    expect(issuer.fetches()).toBe(1);
  });

  it('are fetched again in time, and used meanwhile, also while that fails', async () => {
    verifier = createTokenVerifier(issuer, { refreshAfterMs: 0 });
    const old = await issuer.sign();
    expect(await verifier.verify(old)).toMatchObject({ kind: 'caller' });
    issuer.answer = 'status 500';
    await expect
      .poll(
        async () => {
          expect(await verifier.verify(old)).toMatchObject({ kind: 'caller' });
          return issuer.fetches();
        },
        { timeout: 5000 },
      )
      .toBe(2);
    issuer.answer = 'properly';
    await issuer.rotate();
    await expect.poll(async () => (await verifier.verify(old)).kind, { timeout: 5000 }).toBe('invalid');
    expect(await verifier.verify(await issuer.sign())).toMatchObject({ kind: 'caller' });
  });

  it('that never come keep nobody waiting', async () => {
    issuer.answer = 'hang';
    const token = await issuer.sign();
    const startedAtMs = performance.now();
    expect(await Promise.all([verifier.verify(token), verifier.verify(token)])).toEqual([
      { kind: 'invalid' },
      { kind: 'invalid' },
    ]);
    expect(performance.now() - startedAtMs).toBeLessThan(3000);
    expect(await verifier.verify(token)).toEqual({ kind: 'invalid' });
    expect(performance.now() - startedAtMs).toBeLessThan(3000);
  });
});
