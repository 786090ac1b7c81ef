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

function newestSource(folder) {
  let newest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || entry.name.endsWith('.test.ts')) continue;
    newest = Math.max(newest, statSync(join(entry.parentPath, entry.name)).mtimeMs);
  }
  return newest;
}

function bundleIsFresh() {
  const bundle = join(root, 'packages/cli/bundle/main.cjs');
  if (!existsSync(bundle)) return false;
  const built = statSync(bundle).mtimeMs;
  const sources = readdirSync(join(root, 'packages')).map((name) => join(root, 'packages', name, 'src'));
  return [...sources, join(root, 'scripts')].every((folder) => newestSource(folder) <= built);
}

function isInstalled() {
  const marker = join(root, 'node_modules/.package-lock.json');
  return existsSync(marker) && statSync(marker).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs;
}

if (!isInstalled()) run('npm', ['ci', '--no-audit', '--no-fund']);
if (!bundleIsFresh()) run('npm', ['run', '--silent', 'build']);
