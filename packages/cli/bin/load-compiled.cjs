'use strict';
// Loads the bundle's chunks with V8 code kept from an earlier run, which saves most of the start-up.
// Node 22's own enableCompileCache keeps less of it and starts 20 ms later, so every Node gets this one.
// The code lies in the user's cache folder, under the bundle's and V8's versions; a folder that cannot be written costs nothing.
const { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } = require('node:fs');
const { homedir, tmpdir } = require('node:os');
const { join } = require('node:path');
const { Script } = require('node:vm');

const bundle = join(__dirname, '../bundle');
const modules = new Map();
const compiled = new Map();

function cacheFolder() {
  const home = process.env.XDG_CACHE_HOME || (homedir() ? join(homedir(), '.cache') : tmpdir());
  const { size, mtimeMs } = statSync(join(bundle, 'main.cjs'));
  const version = `${process.versions.v8}-${process.arch}-${size}-${Math.round(mtimeMs)}`;
  return join(home, 'flotilla/code', version, rendersCharts() ? 'render' : 'load');
}

/** Commands that only load state files use other functions of the same chunks than those that go on to charts. */
function rendersCharts() {
  const loading = new Set([
    'list',
    'build',
    'show-dag',
    'print-env',
    'version',
    'help',
    '--version',
    '--help',
  ]);
  return !process.argv.slice(2).some((word) => loading.has(word));
}

const folder = cacheFolder();

function readCode(name) {
  try {
    return readFileSync(join(folder, name));
  } catch {
    return undefined;
  }
}

/** `import()` for chunks: code from a cache has none of its own. */
const importer = (name) => import(name);

function load(name) {
  const known = modules.get(name);
  if (known !== undefined) return known.exports;
  const filename = join(bundle, name);
  const cachedData = readCode(name);
  const source = `(function(exports,require,module,__filename,__dirname){${readFileSync(filename, 'utf8')}\n})`;
  const script = new Script(source, { filename, cachedData });
  if (cachedData === undefined || script.cachedDataRejected) compiled.set(name, script);
  const module = { exports: {}, importer };
  modules.set(name, module);
  const local = (request) => (request.startsWith('./') ? load(request.slice(2)) : require(request));
  script.runInThisContext()(module.exports, local, module, filename, bundle);
  return module.exports;
}

/** What was compiled anew is written at the end, when V8 knows which functions are used. */
function keepCode() {
  if (compiled.size === 0) return;
  try {
    if (!existsSync(folder)) mkdirSync(folder, { recursive: true });
    for (const [name, script] of compiled) {
      const target = join(folder, name);
      writeFileSync(`${target}.${process.pid}`, script.createCachedData());
      renameSync(`${target}.${process.pid}`, target);
    }
  } catch {
    // Without a cache the next start is as slow as this one.
  }
}

process.on('exit', keepCode);
exports.load = load;
