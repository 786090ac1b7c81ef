// Compiles the packages for library users, and bundles the bins into packages/cli/bundle: CommonJS chunks (Node 20 starts them faster than ESM), the rare ones loaded on demand.
// esbuild splits only ESM, so the split output is turned into CommonJS file by file.

import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bundle = join(root, 'packages/cli/bundle');

/** Left to node_modules: openpgp is LGPL and stays replaceable; client-node is large and rarely needed. */
const external = ['openpgp', '@kubernetes/client-node'];

/** yargs measures text with emoji tables that cost 40 ms to load; our help texts are ASCII. */
const textWidth = join(root, 'scripts/ascii-width.mjs');

async function splitBundle() {
  return build({
    entryPoints: [{ in: join(root, 'packages/cli/src/main.ts'), out: 'main' }],
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    conditions: ['flotilla-source'],
    outdir: bundle,
    chunkNames: 'chunk-[hash]',
    minify: true,
    keepNames: false,
    legalComments: 'none',
    external,
    alias: { 'string-width': textWidth, 'wrap-ansi': textWidth, 'strip-ansi': textWidth },
    write: false,
    metafile: true,
    logLevel: 'warning',
  });
}

async function toCommonJs(text) {
  const { code } = await transform(text, {
    format: 'cjs',
    platform: 'node',
    target: 'node20.19',
    minify: true,
    supported: { 'dynamic-import': true },
    define: { 'import.meta.url': '__flotillaUrl' },
    banner: 'var __flotillaUrl=require("node:url").pathToFileURL(__filename).href;',
  });
  return code.replaceAll(/(require|import)\("\.\/([\w-]+)\.js"\)/g, '$1("./$2.cjs")');
}

const compiled = spawnSync(
  process.execPath,
  [join(root, 'node_modules/typescript/bin/tsc'), '-b', 'packages/cli'],
  {
    cwd: root,
    stdio: ['ignore', 2, 2],
  },
);
if (compiled.status !== 0) process.exit(compiled.status ?? 1);

const result = await splitBundle();
rmSync(bundle, { recursive: true, force: true });
mkdirSync(bundle, { recursive: true });
for (const file of result.outputFiles) {
  const name = basename(file.path).replace(/\.js$/, '.cjs');
  writeFileSync(join(bundle, name), await toCommonJs(file.text));
}
writeFileSync(join(bundle, 'meta.json'), JSON.stringify(result.metafile));
