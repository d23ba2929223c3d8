import { expect, it } from 'vitest';
import { createBoundedNames } from '../../../src/server/telemetry/bounded-names.ts';

it('keeps the first names and calls every further one other', () => {
  const nameOf = createBoundedNames(2);
  expect(['a', 'b', 'c', 'a', 'd', 'b'].map(nameOf)).toEqual(['a', 'b', 'other', 'a', 'other', 'b']);
});
