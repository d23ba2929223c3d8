/** What a curl command sends. */
export interface CurlRequest {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/**
 * The request of a curl command, as far as the documents use curl: `-s`, `-G`, `-H`, `-d` and `--data-urlencode`.
 *
 * @throws TypeError for anything else, so that no command goes untested
 */
export function curlRequest(command: string): CurlRequest {
  const [name, ...words] = shellWords(command);
  if (name !== 'curl') throw new TypeError(`not a curl command: ${command}`);
  const headers: Record<string, string> = {};
  let url: URL | undefined;
  let isGet = false;
  let body: string | null = null;
  const encoded: string[] = [];
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (/^-[sG]+$/.test(word)) isGet ||= word.includes('G');
    else if (word === '-H') {
      const [key = '', value = ''] = (words.shift() ?? '').split(/: */);
      headers[key] = value;
    } else if (word === '-d') body = words.shift() ?? '';
    else if (word === '--data-urlencode') encoded.push(words.shift() ?? '');
    else if (word.startsWith('http')) url = new URL(word);
    else throw new TypeError(`an unknown option of curl: ${word}`);
  }
  if (url === undefined) throw new TypeError('a curl command without an address');
  for (const parameter of encoded) {
    const [key = '', ...value] = parameter.split('=');
    url.searchParams.set(key, value.join('='));
  }
  return { method: isGet || body === null ? 'GET' : 'POST', url, headers, body };
}

/** Words as a shell splits them: single quotes and escaped line ends, and nothing else. */
function shellWords(command: string): string[] {
  const words = command.replaceAll('\\\n', ' ').matchAll(/'([^']*)'|([^\s'"$`\\]+)/g);
  return [...words].map(([, quoted, bare]) => quoted ?? bare ?? '');
}
