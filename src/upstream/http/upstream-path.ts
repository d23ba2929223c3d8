import { BadUserInputError } from '../../errors/gateway-error.ts';
import { isUpstreamId } from '../../node-id.ts';

/**
 * A path whose inserted ids are each exactly one escaped segment.
 *
 * @throws BadUserInputError for an id that could leave its segment
 */
export function upstreamPath(fixed: TemplateStringsArray, ...ids: readonly string[]): string {
  let path = fixed[0] ?? '';
  for (const [index, id] of ids.entries()) {
    if (!isUpstreamId(id)) throw new BadUserInputError('An id holds characters that no upstream id has.');
    path += encodeURIComponent(id) + (fixed[index + 1] ?? '');
  }
  return path;
}
