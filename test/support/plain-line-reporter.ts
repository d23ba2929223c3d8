import type { Reporter, TestModule } from 'vitest/node';

/** Prints the run's counts as one plain line, which any log reader understands: `N passed, N failed`. */
export default class PlainLineReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    let passed = 0;
    let failed = unhandledErrors.length;
    let skipped = 0;
    for (const module of modules) {
      if (module.errors().length > 0) failed += 1;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed') passed += 1;
        else if (state === 'failed') failed += 1;
        else skipped += 1;
      }
    }
    const skippedPart = skipped > 0 ? `, ${skipped} skipped` : '';
    // After vitest's own summary, which is printed in the same turn of the event loop.
    setImmediate(() => process.stdout.write(`${passed} passed, ${failed} failed${skippedPart}\n`));
  }
}
