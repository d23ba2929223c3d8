import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK, type JWTPayload } from 'jose';

/** An issuer of JSON web tokens with a server for its public keys, which a test can break. */
export interface TokenIssuer {
  /** Of the published keys. */
  readonly jwksUrl: string;
  readonly issuer: string;
  readonly audience: string;
  /** How often the published keys were asked for. */
  readonly fetches: () => number;
  /** What the server does from now on; properly to begin with. */
  answer: 'properly' | 'status 500' | 'no JSON' | 'no keys' | 'redirect' | 'hang' | 'reset';
  /** Signs from now on with a new key, which replaces the published one, or is published beside it. */
  rotate(options?: { readonly keepOld?: boolean; readonly publish?: boolean }): Promise<void>;
  /** A token that is right in all but what the claims say otherwise; undefined leaves a claim out. */
  sign(claims?: JWTPayload, options?: SignOptions): Promise<string>;
  close(): Promise<void>;
}

/** What else a test may change. */
export interface SignOptions {
  readonly header?: Readonly<Record<string, unknown>>;
  /** Another key than the issuer's. */
  readonly key?: CryptoKey | Uint8Array;
}

interface SigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly published: JWK;
}

const AUDIENCE = 'billing-gateway';

/** Starts an issuer on a free port of the loopback interface. */
export async function startTokenIssuer(alg = 'ES256'): Promise<TokenIssuer> {
  let made = 0;
  let fetches = 0;
  let current = await newKey();
  let published: JWK[] = [current.published];

  async function newKey(): Promise<SigningKey> {
    made += 1;
    const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
    const kid = `key-${made}`;
    return { kid, privateKey, published: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } };
  }

  const server = createServer((_, response) => {
    fetches += 1;
    respond(response, issuer.answer, published);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string')
    throw new TypeError('the server listens on no TCP port');
  const origin = `http://127.0.0.1:${address.port}`;

  const issuer: TokenIssuer = {
    jwksUrl: `${origin}/keys`,
    issuer: `${origin}/`,
    audience: AUDIENCE,
    fetches: () => fetches,
    answer: 'properly',
    async rotate({ keepOld = false, publish = true } = {}) {
      current = await newKey();
      if (publish) published = keepOld ? [...published, current.published] : [current.published];
    },
    sign(claims = {}, { header = {}, key } = {}) {
      const now = Math.floor(Date.now() / 1000);
      const usual = {
        iss: issuer.issuer,
        aud: AUDIENCE,
        sub: 'user-1',
        iat: now,
        exp: now + 60,
        scope: 'billing:read',
      };
      return new SignJWT({ ...usual, ...claims })
        .setProtectedHeader({ alg, kid: current.kid, ...header })
        .sign(key ?? current.privateKey);
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
  return issuer;
}

function respond(response: ServerResponse, answer: TokenIssuer['answer'], keys: readonly JWK[]): void {
  switch (answer) {
    case 'properly':
      response.writeHead(200, { 'content-type': 'application/jwk-set+json' }).end(JSON.stringify({ keys }));
      break;
    case 'status 500':
      response.writeHead(500).end();
      break;
    case 'no JSON':
      response.end('<html>');
      break;
    case 'no keys':
      response.end('{"keys":"none"}');
      break;
    case 'redirect':
      response.writeHead(302, { location: '/elsewhere' }).end();
      break;
    case 'reset':
      response.destroy();
      break;
    case 'hang':
      break;
  }
}
