import { request } from 'node:http';
import { text } from 'node:stream/consumers';

/**
 * Gets this address over a connection of its own; null where it was not let in: the system resets those who wait when a
 * server ends.
 *
 * @param headers of the request
 */
export function askAlone(
  url: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const asking = request(url, { agent: false, headers }, (response) => {
      text(response).then(resolve, reject);
    });
    asking.once('error', (error) => {
      if ('code' in error && (error.code === 'ECONNREFUSED' || error.code === 'ECONNRESET')) resolve(null);
      else reject(error);
    });
    asking.end();
  });
}
