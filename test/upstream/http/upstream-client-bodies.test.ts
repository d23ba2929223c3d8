import { gzipSync, brotliCompressSync } from 'node:zlib';
import { LosslessNumber } from 'lossless-json';
import { describe, expect, it } from 'vitest';
import { isMapleInvoicePage } from '../../../src/upstream/maple/wire-validators.gen.js';
import { CANARY, aRead, failureOf, startScriptedServer, type Script } from './scripted-server.ts';

const MEBIBYTE = 1024 * 1024;

function body(content: string | Buffer, headers: Record<string, string> = {}): Script {
  return (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(content);
  };
}

async function failureFor(script: Script): Promise<{ code: string; message: string }> {
  await using server = await startScriptedServer(script);
  const { code, message } = await failureOf(server.client.read(aRead()));
  expect(server.client.health.judge()).toBe('DOWN');
  return { code, message };
}

describe('the body of an answer', () => {
  it('is read whatever its length and however it is cut', async () => {
    const text = JSON.stringify({ name: 'Größe €'.repeat(50_000) });
    await using server = await startScriptedServer((_request, response) => {
      const bytes = Buffer.from(text);
      response.writeHead(200).write(bytes.subarray(0, 12));
      setImmediate(() => response.end(bytes.subarray(12)));
    });
    expect(await server.client.read(aRead())).toEqual(JSON.parse(text));
  });

  it('comes with its text only where that is wanted', async () => {
    await using server = await startScriptedServer(body('{"a": 1.50}'));
    const part = { name: 'nothing', of: () => null };
    const answer = { a: new LosslessNumber('1.50') };
    expect(await server.client.fetch(aRead())).toEqual({ answer, text: null });
    expect(await server.client.fetch(aRead({ wantsText: true, part }))).toEqual({
      answer: null,
      text: '{"a": 1.50}',
    });
  });

  it('keeps the digits of its numbers', async () => {
    await using server = await startScriptedServer(body('{"total": 9007199254740993.10}'));
    expect(await server.client.read(aRead())).toEqual({ total: new LosslessNumber('9007199254740993.10') });
  });

  it.each(['gzip', 'GZIP', 'x-gzip'])('is unpacked when it comes as %s', async (encoding) => {
    await using server = await startScriptedServer(
      body(gzipSync('{"a":"b"}'), { 'content-encoding': encoding }),
    );
    expect(await server.client.read(aRead())).toEqual({ a: 'b' });
  });

  it('is read as it is when it comes as identity', async () => {
    await using server = await startScriptedServer(body('{"a":"b"}', { 'content-encoding': 'identity' }));
    expect(await server.client.read(aRead())).toEqual({ a: 'b' });
  });

  it.each([
    ['is HTML', body(`<html>${CANARY}</html>`, { 'content-type': 'text/html' })],
    ['is empty', body('')],
    ['is JSON cut short', body(`{"name": "${CANARY}"`)],
    ['is two JSON texts', body(`{"name":1}{"name":"${CANARY}"}`)],
    ['gives one key two values', body(`{"${CANARY}": 1, "${CANARY}": 2}`)],
    ['nests too deeply', body(`${'['.repeat(200_000)}${']'.repeat(200_000)}`)],
    ['is no gzip', body(CANARY, { 'content-encoding': 'gzip' })],
    ['is gzip with broken bytes', body(brokenGzip(), { 'content-encoding': 'gzip' })],
    [
      'is gzip cut short',
      body(gzipSync(`{"a":"${CANARY}"}`).subarray(0, 20), { 'content-encoding': 'gzip' }),
    ],
    ['comes in brotli, not asked for', body(brotliCompressSync('{}'), { 'content-encoding': 'br' })],
    ['comes in two encodings', body(gzipSync(gzipSync('{}')), { 'content-encoding': 'gzip, gzip' })],
    ['is larger than the limit', body(Buffer.alloc(17 * MEBIBYTE, ' '))],
    ['says that it is larger than the limit', body('{}', { 'content-length': String(17 * MEBIBYTE) })],
  ])('is an invalid response when it %s', async (_what, script) => {
    expect((await failureFor(script)).code).toBe('UPSTREAM_INVALID_RESPONSE');
  });

  it('may be just within the limit', async () => {
    await using server = await startScriptedServer(
      body(`"${'x'.repeat(4 * MEBIBYTE)}"`.padEnd(16 * MEBIBYTE)),
    );
    expect(await server.client.read(aRead())).toHaveLength(4 * MEBIBYTE);
  });

  it('takes bounded memory when it unpacks to far more than the limit', async () => {
    const member = gzipSync(Buffer.alloc(32 * MEBIBYTE));
    const bomb = Buffer.concat(Array.from({ length: 64 }, () => member));
    const before = process.memoryUsage().rss;
    const { code, message } = await failureFor(body(bomb, { 'content-encoding': 'gzip' }));
    expect(code).toBe('UPSTREAM_INVALID_RESPONSE');
    expect(message).toContain('too large');
    expect(process.memoryUsage().rss - before).toBeLessThan(400 * MEBIBYTE);
  });

  it('is not read on once it is larger than the limit', async () => {
    let sent = 0;
    const chunk = Buffer.alloc(MEBIBYTE, ' ');
    await using server = await startScriptedServer((_request, response) => {
      response.writeHead(200);
      const more = (): void => {
        while (!response.destroyed && response.write(chunk)) sent += 1;
        sent += 1;
      };
      response.on('drain', more);
      more();
    });
    expect((await failureOf(server.client.read(aRead()))).message).toContain('too large');
    expect(sent).toBeLessThan(64);
  });

  it('is read to its end however many large ones come at once', async () => {
    const text = JSON.stringify('x'.repeat(MEBIBYTE));
    await using server = await startScriptedServer(body(text));
    const reads = await Promise.all(Array.from({ length: 8 }, () => server.client.read(aRead())));
    expect(reads.every((answer) => typeof answer === 'string' && answer.length === MEBIBYTE)).toBe(true);
  });

  it('waits for other large ones no longer than it may take', async () => {
    const text = JSON.stringify('x'.repeat(MEBIBYTE));
    await using server = await startScriptedServer((_request, response) => {
      response.writeHead(200).write(text.slice(0, -1));
    }, 500);
    const failures = await Promise.all([1, 2, 3].map(() => failureOf(server.client.read(aRead()))));
    expect(failures.map(({ code }) => code)).toEqual(Array.from({ length: 3 }, () => 'UPSTREAM_TIMEOUT'));
  });

  it('is an invalid response that names the field which it lacks, and the operation', async () => {
    const row = '{"uuid": "u", "status": "PENDING", "customer_id": "c"}';
    await using server = await startScriptedServer(body(`{"pagination": {}, "results": [${row}]}`));
    const failure = await failureOf(
      server.client.read(aRead({ answer: isMapleInvoicePage, operation: 'findInvoices' })),
    );
    expect(failure.code).toBe('UPSTREAM_INVALID_RESPONSE');
    expect(failure.message).toBe(
      'The answer to findInvoices is not as documented: unexpected or missing value at results[0].currency.',
    );
  });

  it('names no key that is data', async () => {
    const row = `{"uuid": "u", "status": "S", "customer_id": "c", "currency": "USD", "metadata": {"${CANARY}": "x"}, "total": 7}`;
    await using server = await startScriptedServer(body(`{"pagination": {}, "results": [${row}]}`));
    const failure = await failureOf(server.client.read(aRead({ answer: isMapleInvoicePage })));
    expect(failure.message).toContain('results[0].');
  });
});

function brokenGzip(): Buffer {
  const bytes = gzipSync(JSON.stringify({ text: CANARY.repeat(100) }));
  bytes.fill(0xff, 15, 30);
  return bytes;
}
