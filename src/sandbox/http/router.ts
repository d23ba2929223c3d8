/** One operation: a method and a path whose segments in braces are parameters, e.g. `/v1/customers/{customer_id}`. */
export interface Route<Handler> {
  readonly method: string;
  readonly path: string;
  readonly handler: Handler;
}

/** What a router makes of a method and a path. */
export type RouteMatch<Handler> =
  | { readonly kind: 'found'; readonly handler: Handler; readonly params: Readonly<Record<string, string>> }
  | { readonly kind: 'wrong-method'; readonly allowed: readonly string[] }
  | { readonly kind: 'unknown-path' };

interface CompiledRoute<Handler> extends Route<Handler> {
  readonly segments: readonly string[];
  readonly parameterCount: number;
}

/**
 * Finds the operation for a request. Fixed segments win over parameters. Parameters arrive percent-decoded (so an
 * encoded slash is part of one) and are never empty.
 */
export function createRouter<Handler>(
  routes: readonly Route<Handler>[],
): (method: string, path: string) => RouteMatch<Handler> {
  const byLength = new Map<number, CompiledRoute<Handler>[]>();
  for (const route of routes) {
    const segments = route.path.split('/');
    const parameterCount = segments.filter((segment) => segment.startsWith('{')).length;
    const sameLength = byLength.get(segments.length) ?? [];
    sameLength.push({ ...route, segments, parameterCount });
    sameLength.sort((a, b) => a.parameterCount - b.parameterCount);
    byLength.set(segments.length, sameLength);
  }
  return (method, path) => {
    const segments = path.split('/');
    const allowed = new Set<string>();
    for (const route of byLength.get(segments.length) ?? []) {
      const params = matchSegments(route.segments, segments);
      if (params === undefined) continue;
      if (route.method === method) return { kind: 'found', handler: route.handler, params };
      allowed.add(route.method);
    }
    return allowed.size > 0 ? { kind: 'wrong-method', allowed: [...allowed] } : { kind: 'unknown-path' };
  };
}

function matchSegments(
  pattern: readonly string[],
  segments: readonly string[],
): Readonly<Record<string, string>> | undefined {
  const params: Record<string, string> = {};
  for (const [position, expected] of pattern.entries()) {
    const actual = segments[position] ?? '';
    if (!expected.startsWith('{')) {
      if (expected !== actual) return undefined;
      continue;
    }
    const decoded = decodeSegment(actual);
    if (decoded === undefined || decoded === '') return undefined;
    params[expected.slice(1, -1)] = decoded;
  }
  return params;
}

function decodeSegment(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
