import type { Provider } from '../../provider.ts';
import { pathIdOf } from './path-id.ts';

/** Makes a path whose inserted ids are each exactly one escaped segment. */
type PathTemplate = (fixed: TemplateStringsArray, ...ids: readonly string[]) => string;

/**
 * The template tag for the paths of one upstream. The tag throws UpstreamInvalidResponseError for an id that could
 * leave its segment.
 */
export function upstreamPath(provider: Provider): PathTemplate {
  return (fixed, ...ids) => {
    let path = fixed[0] ?? '';
    for (const [index, id] of ids.entries())
      path += encodeURIComponent(pathIdOf(provider, id, 'an id')) + (fixed[index + 1] ?? '');
    return path;
  };
}
