import { enableCompileCache } from 'node:module';
import { COMPILE_CACHE } from './compile-cache.ts';

// Before anything else is loaded: node keeps nothing of what it has compiled by then.
enableCompileCache(COMPILE_CACHE);
await import('./gateway-main.ts');
