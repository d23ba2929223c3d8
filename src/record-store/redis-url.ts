/**
 * Whether the client of a Redis store understands all of a URL: `redis:` or `rediss:`, a host, and at most credentials, a
 * port and a database number. What it would ignore counts as a fault, for somebody meant it.
 */
export function isRedisUrl(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, hostname, pathname, search, hash, username, password } = new URL(value);
  return (
    ['redis:', 'rediss:'].includes(protocol) &&
    hostname !== '' &&
    /^(\/\d*)?$/.test(pathname) &&
    search === '' &&
    hash === '' &&
    // The client takes a name without a password for no credentials at all.
    (username === '' || password !== '') &&
    isDecodable(username) &&
    isDecodable(password)
  );
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}
