// The machine's Node, and Node 24 from npm, installed into a cache folder outside the repository.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** What the npm package `node` installs for this machine; asked for by name, so that no install script has to run. */
const archPackage = `node-${process.platform}-${process.arch}`;

/** Names and paths of the Node programs to measure. */
export function nodeVersions() {
  const found = [{ name: `node ${process.versions.node.split('.')[0]}`, path: process.execPath }];
  const folder = join(homedir(), '.cache/flotilla-references/node-24');
  const program = join(folder, 'node_modules', archPackage, 'bin/node');
  if (!existsSync(program)) {
    mkdirSync(folder, { recursive: true });
    spawnSync('npm', ['install', '--prefix', folder, '--no-audit', '--no-fund', `${archPackage}@24`], {
      stdio: 'ignore',
    });
  }
  if (existsSync(program) && spawnSync(program, ['--version']).status === 0)
    found.push({ name: 'node 24', path: program });
  else console.log("Node 24 could not be installed; only the machine's Node is measured");
  return found;
}
