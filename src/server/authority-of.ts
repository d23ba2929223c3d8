import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Host and port of a server that listens, as they stand in an address. */
export function authorityOf(server: Server): string {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string')
    throw new TypeError('the server listens on no TCP port');
  return address.family === 'IPv6'
    ? `[${address.address}]:${address.port}`
    : `${address.address}:${address.port}`;
}
