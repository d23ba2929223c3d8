import { floor } from './floor.ts';
import { gateway } from './gateway.ts';
import { peers } from './peers.ts';
import type { Target } from './target.ts';

/** Every server that the bench knows, the one that all others are compared with first. */
export const TARGETS: readonly Target[] = [floor, gateway, ...peers];
