import { execFileSync } from 'node:child_process';

/** Before all tests: what those need that start the gateway as `npm start` does, unless it is there and as new as `src`. */
export function setup(): void {
  execFileSync('npm', ['run', '--silent', 'build:if-stale'], { stdio: ['ignore', 'ignore', 'inherit'] });
}
