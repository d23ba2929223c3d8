import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { defineConfig, type Plugin } from 'rolldown';
import { z } from 'zod';

/** The folder of the package that a module belongs to. */
const PACKAGE_FOLDER = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/;
const packageFile = z.object({ name: z.string(), version: z.string(), license: z.string() });

/** Puts the licenses of all packages that are part of the files beside them, since each asks to go with its code. */
const licenses: Plugin = {
  name: 'licenses',
  async generateBundle(_, files) {
    const modules = Object.values(files).flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []));
    const folders = new Set(modules.flatMap((module) => PACKAGE_FOLDER.exec(module) ?? []));
    const texts = await Promise.all([...folders].toSorted().map(licenseOf));
    this.emitFile({ type: 'asset', fileName: 'THIRD-PARTY-LICENSES.txt', source: texts.join('\n\n') });
  },
};

/** Modules of node with members that load far more when somebody looks at them: `http.WebSocket` loads node's own fetch. */
const WITH_LAZY_MEMBERS = /^(?:node:)?(crypto|fs|http)$/;
const WHOLE = '\0whole:';

/** Takes these modules as they are: an `import` would look at every member. */
const wholeBuiltins: Plugin = {
  name: 'whole-builtins',
  resolveId(source) {
    const [, name] = WITH_LAZY_MEMBERS.exec(source) ?? [];
    return name === undefined ? null : `${WHOLE}${name}`;
  },
  load: (id) =>
    id.startsWith(WHOLE)
      ? `module.exports = process.getBuiltinModule('node:${id.slice(WHOLE.length)}');`
      : null,
};

async function licenseOf(folder: string): Promise<string> {
  const text = await readFile(join(folder, 'package.json'), 'utf8');
  const { name, version, license } = packageFile.parse(JSON.parse(text));
  const names = (await readdir(folder)).filter((file) => /^(?:licen[cs]e|notice)/i.test(file));
  const texts = await Promise.all(names.map((file) => readFile(join(folder, file), 'utf8')));
  return [`${name} ${version}: ${license}`, ...texts].join('\n\n');
}

/**
 * What `npm start` runs: `src` and the packages that it takes, in a few files, which start in half the time and keep less in
 * memory. Names stay, so that a stack can be read; with `NODE_OPTIONS=--enable-source-maps` it names the lines of `src`.
 */
export default defineConfig({
  input: ['src/main.ts', 'src/compile-main.ts'],
  platform: 'node',
  plugins: [licenses, wholeBuiltins],
  // Yoga's adapter only compares its own class with node's, which would load node's whole fetch to name it.
  transform: { define: { 'globalThis.Request': 'undefined' } },
  output: {
    dir: 'dist',
    cleanDir: true,
    sourcemap: true,
    comments: { legal: true, annotation: false, jsdoc: false },
    minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
  },
});
