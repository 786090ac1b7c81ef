// The quick start: shows what the helmfile wants, renders it in process, and brings a cluster there: the built-in sandbox,
// or with --cluster the one that KUBECONFIG names. Needs Node only.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';

const program = join(import.meta.dirname, '../../packages/cli/bin/flotilla.cjs');
const environment = ['-e', 'production'];
const usesCluster = process.argv.includes('--cluster');
const target = usesCluster ? [] : ['--kube-context', 'sandbox'];

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

flotilla(['list']);
console.log('');
flotilla(['show-dag']);
console.log('');
const lines = summaryOf(flotilla(['template'], { isShown: false }));
console.log(`${lines.length} objects, rendered in process:\n${lines.join('\n')}\n`);

if (!usesCluster) rmSync(join(import.meta.dirname, '.flotilla'), { recursive: true, force: true });
console.log(
  usesCluster ? 'Syncing into your cluster:' : 'Syncing into the sandbox, a cluster inside this process:',
);
flotilla([...target, 'sync']);
console.log('\nNothing changed, so there is nothing to apply:');
flotilla([...target, 'apply']);
console.log('\nOne value changes:');
const change = ['--state-values-set', 'web.replicas=5'];
flotilla([...target, ...change, 'diff', '--context', '2']);
flotilla([...target, ...change, 'apply', '--suppress-diff']);
console.log('\nThe tests of the charts:');
flotilla([...target, 'test']);
console.log('\nEverything is taken down, dependants first:');
flotilla([...target, 'destroy']);
console.log(`
To go on, in examples/quickstart:

  npx flotilla -e production --kube-context sandbox sync     # again, into the sandbox
  npx flotilla -e production diff                            # against the cluster of your kubeconfig
  npx flotilla -e production apply                           # change what differs there`);
