import { join } from 'node:path';
import type { Target } from './target.ts';

/** A bare node:http handler: the same upstream calls by undici, the same JSON. It has no documents, so no form of them. */
export const floor: Target = {
  name: 'floor',
  title: 'bare node:http and undici',
  launch: ({ upstreams, port }) => ({
    args: [join(import.meta.dirname, '../floor/main.ts'), JSON.stringify(upstreams), String(port)],
    env: { NODE_ENV: 'production' },
  }),
  request: (form, { operation }, variables) => {
    const text = JSON.stringify(variables);
    return form === 'persisted-get'
      ? {
          method: 'GET',
          path: `/${operation}?${new URLSearchParams({ variables: text }).toString()}`,
          headers: {},
        }
      : {
          method: 'POST',
          path: `/${operation}`,
          headers: { 'content-type': 'application/json' },
          body: text,
        };
  },
};
