import { EXAMPLE_QUERIES } from './graphiql/example-queries.ts';
import type { RunningGateway } from './start-gateway.ts';

/** What a gateway prints when it is ready: where it listens, and what to try. */
export function greetingOf(
  { production }: { readonly production: boolean },
  { url, sandboxes }: Pick<RunningGateway, 'url'> & Partial<Pick<RunningGateway, 'sandboxes'>>,
): string {
  const { metronome = null, maple = null } = sandboxes ?? {};
  const lines = [`Billing gateway on ${url}`];
  if (!production) lines.push('Open it in a browser for GraphiQL.');
  for (const [name, sandbox] of Object.entries({ Metronome: metronome, Maple: maple })) {
    if (sandbox !== null)
      lines.push(`No token for ${name}: its sandbox stands in, on ${sandbox.url}. No money moves.`);
  }
  if (metronome !== null && maple !== null) lines.push('', 'A query to try:', '', EXAMPLE_QUERIES[0].query);
  return `${lines.join('\n')}\n`;
}
