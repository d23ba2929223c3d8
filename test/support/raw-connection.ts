import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A connection over which a test writes HTTP byte for byte. */
export interface RawConnection {
  readonly socket: Socket;
  write(text: string): void;
  /** Resolves as soon as this text has come. */
  said(text: string): Promise<void>;
  /** Resolves with everything that came, when the connection has ended, also by a reset. */
  ended(): Promise<string>;
}

/** Connects to the host and port of an address. */
export async function openRawConnection(url: string): Promise<RawConnection> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  // A reset ends it like anything else.
  socket.on('error', () => undefined);
  const ended = new Promise<string>((resolve) => {
    socket.once('close', () => resolve(text));
  });
  return {
    socket,
    write: (bytes) => void socket.write(bytes),
    said: (wanted) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (!text.includes(wanted)) return;
          socket.off('data', look);
          resolve();
        };
        socket.on('data', look);
        look();
        void ended.then(() => reject(new Error(`the connection ended after: ${text}`)));
      }),
    ended: () => ended,
  };
}

/** A POST of JSON: its head, and its body. */
export function rawPost(body: string, path = '/graphql'): { readonly head: string; readonly body: string } {
  const length = Buffer.byteLength(body);
  const head = `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`;
  return { head, body };
}
