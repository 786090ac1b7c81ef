// Makes a fresh clone ready: installs what package-lock.json names and builds the bins when they are absent or old.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

function run(command, args) {
  const result = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (result.status !== 0) process.exit(result.status ?? 1);
}

/** When a file, or the newest file below a folder, was written; tests build nothing. */
function writtenAt(path) {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  const times = readdirSync(path, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
    .map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs);
  return Math.max(0, ...times);
}

/** Everything the bundle is made of: sources, error pages, build scripts, and the versions of what is bundled. */
function bundleInputs() {
  const packages = readdirSync(join(root, 'packages')).flatMap((name) => [
    join('packages', name, 'src'),
    join('packages', name, 'package.json'),
  ]);
  return [...packages, 'docs/errors', 'scripts', 'package-lock.json'].map((path) => join(root, path));
}

function bundleIsFresh() {
  const bundle = join(root, 'packages/cli/bundle/main.cjs');
  if (!existsSync(bundle)) return false;
  const built = statSync(bundle).mtimeMs;
  return bundleInputs().every((path) => writtenAt(path) <= built);
}

function isInstalled() {
  const marker = join(root, 'node_modules/.package-lock.json');
  return existsSync(marker) && statSync(marker).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs;
}

if (!isInstalled()) run('npm', ['ci', '--no-audit', '--no-fund']);
if (!bundleIsFresh()) run('npm', ['run', '--silent', 'build']);
