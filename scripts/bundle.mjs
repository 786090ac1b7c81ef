// Bundles the bins into packages/cli/bundle: CommonJS chunks (Node 20 starts them faster than ESM), the rare ones loaded on demand.
// esbuild splits only ESM, so the split output is turned into CommonJS file by file.

import { cpSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';
import { licenceNotices } from './licence-notices.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bundle = join(root, 'packages/cli/bundle');

/** Left to node_modules: openpgp is LGPL and stays replaceable. */
const external = ['openpgp'];

/** Of client-node we use what reads kubeconfigs; the generated API beside it is most of its weight. */
const withoutApiClient = {
  name: 'without-api-client',
  setup: ({ onResolve }) => {
    onResolve({ filter: /^\.\/gen\/index\.js$/ }, ({ importer }) =>
      importer.includes('client-node') ? { path: join(root, 'scripts/no-api-client.mjs') } : undefined,
    );
  },
};

/** yargs measures text with emoji tables that cost 40 ms to load; our help texts are ASCII. */
const textWidth = join(root, 'scripts/ascii-width.mjs');
const stripAnsi = join(root, 'scripts/ascii-strip.mjs');

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
    alias: {
      'string-width': textWidth,
      'wrap-ansi': textWidth,
      'strip-ansi': stripAnsi,
      'node-fetch': join(root, 'scripts/web-headers.mjs'),
    },
    plugins: [withoutApiClient],
    write: false,
    metafile: true,
    logLevel: 'warning',
  });
}

/** Stands for import.meta.url where a chunk uses it. */
const fileUrl = 'var __flotillaUrl=require("node:url").pathToFileURL(__filename).href;';

/** Builtins that Node loads anyway, or that a chunk's first line uses. */
const eagerBuiltins = 'fs|path|path/posix|buffer|module|process|url';
const lazyBuiltin =
  'var __lazy=n=>{let m;return new Proxy(Object.create(null),{get:(_,k)=>(m??=require(n))[k]})};';

/** Most runs use few of Node's modules; each costs up to five milliseconds, so they load at their first use. */
function withLazyBuiltins(code) {
  const pattern = new RegExp(`=require\\("(node:(?!(?:${eagerBuiltins})")[\\w/]+)"\\)(?=[,;])`, 'g');
  const lazy = code.replaceAll(pattern, '=__lazy("$1")');
  return lazy === code ? code : lazyBuiltin + lazy;
}

/** Code that V8 takes from a cache cannot import() by itself; the loader of such code brings the function that can. */
function withImporter(code) {
  const imported = code.replaceAll(/\bimport\((?="[^."])/g, '__importer(');
  return imported === code ? code : `var __importer=module.importer??(n=>import(n));${imported}`;
}

/** Chunks use each other's exports on hot paths: one getter each, not esbuild's copy whose getters all share one slow lookup. */
function withDirectExports(code) {
  return code.replace(/\bmodule\.exports=[\w$]+\(([\w$]+)\);/, 'module.exports=$1;');
}

async function toCommonJs(text) {
  const { code } = await transform(text, {
    format: 'cjs',
    platform: 'node',
    target: 'node20.19',
    minify: true,
    supported: { 'dynamic-import': true },
    define: { 'import.meta.url': '__flotillaUrl' },
    ...(text.includes('import.meta.url') ? { banner: fileUrl } : {}),
  });
  // Loading CommonJS by import() would start Node's ESM loader, which costs more than the chunk.
  return withDirectExports(withImporter(withLazyBuiltins(code)))
    .replaceAll(/\brequire\("\.\/([\w-]+)\.js"\)/g, 'require("./$1.cjs")')
    .replaceAll(/\bimport\("\.\/([\w-]+)\.js"\)/g, 'Promise.resolve().then(()=>require("./$1.cjs"))');
}

const result = await splitBundle();
const fresh = `${bundle}.${process.pid}`;
mkdirSync(fresh, { recursive: true });
for (const file of result.outputFiles) {
  const name = basename(file.path).replace(/\.js$/, '.cjs');
  writeFileSync(join(fresh, name), await toCommonJs(file.text));
}
// The pages of `doctor CODE`.
cpSync(join(root, 'docs/errors'), join(fresh, 'errors'), { recursive: true });
writeFileSync(join(fresh, 'THIRD-PARTY-LICENSES.txt'), licenceNotices(root, result.metafile));
writeFileSync(join(fresh, 'meta.json'), JSON.stringify(result.metafile));
// Programs that run meanwhile find either the old bundle or the new one, but for an instant.
rmSync(bundle, { recursive: true, force: true });
renameSync(fresh, bundle);
