// The quick start: shows what the helmfile wants, renders it in process, and brings a cluster there when one is given.
// Needs Node only. A cluster is used when KUBECONFIG names it and helm is installed.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const program = join(import.meta.dirname, '../../packages/cli/bin/flotilla.cjs');
const environment = ['-e', 'production'];

/** Runs a command where everybody can see it, and gives what it printed. */
function flotilla(args, { isShown = true } = {}) {
  console.log(`$ flotilla ${[...environment, ...args].join(' ')}`);
  const result = spawnSync(process.execPath, [program, ...environment, ...args], {
    cwd: import.meta.dirname,
    encoding: 'utf8',
    stdio: ['ignore', isShown ? 'inherit' : 'pipe', 'inherit'],
  });
  if (result.status !== 0) process.exit(result.status ?? 1);
  return result.stdout ?? '';
}

/** One line per object of rendered manifests. */
function summaryOf(manifests) {
  return manifests.split(/^---$/m).flatMap((text) => {
    const [, source] = /^# Source: (.*)$/m.exec(text) ?? [];
    const [, kind] = /^kind: (.*)$/m.exec(text) ?? [];
    const [, name] = /^ {2}name: (.*)$/m.exec(text) ?? [];
    return source === undefined ? [] : [`  ${kind.padEnd(12)} ${name.padEnd(22)} ${source}`];
  });
}

/** Clusters the quick start can use, the first one there is wins. */
const clusters = [
  {
    name: `the cluster of ${process.env.KUBECONFIG}`,
    isThere: () => Boolean(process.env.KUBECONFIG) && isInstalled('helm'),
    args: [],
  },
];

function isInstalled(command) {
  const names = process.platform === 'win32' ? [`${command}.exe`, `${command}.cmd`] : [command];
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.some((folder) => names.some((name) => existsSync(join(folder, name))));
}

flotilla(['list']);
console.log('');
flotilla(['show-dag']);
console.log('');
const lines = summaryOf(flotilla(['template'], { isShown: false }));
console.log(`${lines.length} objects, rendered in process:\n${lines.join('\n')}\n`);

const cluster = clusters.find((each) => each.isThere());
if (cluster === undefined) {
  console.log(`No cluster was touched: KUBECONFIG is not set, or helm is not installed. To go on with a cluster of yours:

  KUBECONFIG=path npm run quickstart              # syncs the three releases into it
  cd examples/quickstart
  npx flotilla -e production diff                 # what would change
  npx flotilla -e production apply                # change what differs
  npx flotilla -e production destroy              # take everything down again`);
} else {
  console.log(`Syncing into ${cluster.name}:`);
  flotilla([...cluster.args, 'sync']);
  console.log('');
  flotilla([...cluster.args, 'apply']);
  console.log(`
Change examples/quickstart/environments/production.yaml, then in examples/quickstart:

  npx flotilla -e production diff                 # what would change
  npx flotilla -e production apply                # change what differs
  npx flotilla -e production destroy              # take everything down again`);
}
