// Loading and listing: our bundle against helmfile, beside a bare node.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { compare, references, report, runOnce } from './measure.mjs';
import { nodeVersions } from './node-versions.mjs';

const bundle = resolve(import.meta.dirname, '../../packages/cli/bin/flotilla.cjs');

function release(index) {
  const needs = index % 10 === 0 ? '' : `\n  needs: [ns${Math.floor(index / 10)}/r${index - 1}]`;
  return `- name: r${index}\n  namespace: ns${Math.floor(index / 10)}\n  chart: repo/chart${index % 7}\n  version: 1.${index % 9}.0\n  labels: {tier: t${index % 3}}\n  values:\n  - replicas: ${index % 5}\n    host: {{ .Values.domain }}${needs}\n`;
}

function stateFile(from, to) {
  const releases = Array.from({ length: to - from }, (_, index) => release(from + index)).join('');
  return `environments:\n  default:\n    values:\n    - domain: example.com\n---\nreleases:\n${releases}`;
}

function layProjects(root) {
  const lay = (name, files) => {
    for (const [path, text] of Object.entries(files)) {
      const file = join(root, name, path);
      mkdirSync(join(file, '..'), { recursive: true });
      writeFileSync(file, text);
    }
    return join(root, name);
  };
  const nested = Object.fromEntries(
    Array.from({ length: 50 }, (_, index) => [
      `apps/${index}/helmfile.yaml.gotmpl`,
      stateFile(index * 2, index * 2 + 2).replaceAll(/\n {2}needs:.*/g, ''),
    ]),
  );
  return {
    five: lay('five', { 'helmfile.yaml.gotmpl': stateFile(0, 5) }),
    fiveHundred: lay('five-hundred', { 'helmfile.yaml.gotmpl': stateFile(0, 500) }),
    fiveThousand: lay('five-thousand', { 'helmfile.yaml.gotmpl': stateFile(0, 5000) }),
    tenThousand: lay('ten-thousand', { 'helmfile.yaml.gotmpl': stateFile(0, 10000) }),
    nested: lay('nested', {
      ...nested,
      'helmfile.yaml': `helmfiles:\n${Object.keys(nested)
        .map((path) => `- ${path}\n`)
        .join('')}`,
    }),
  };
}

export async function run() {
  const root = mkdtempSync(join(tmpdir(), 'bench-front-'));
  const bin = join(root, 'bin');
  mkdirSync(bin);
  const helmfile = join(references, 'helmfile');
  const hasReference = existsSync(helmfile);
  if (hasReference) symlinkSync(join(references, 'helm4'), join(bin, 'helm'));
  else console.log('helmfile is not built: no ratios (node scripts/references.mjs builds it)');
  const env = {
    ...process.env,
    PATH: [bin, process.env.PATH].join(delimiter),
    HELMFILE_UPGRADE_NOTICE_DISABLED: '1',
  };
  try {
    const projects = layProjects(root);
    const nodes = nodeVersions();
    const contend = (title, cwd, argv, limits) => {
      const contenders = [
        ...(hasReference ? [{ name: 'helmfile', argv: [helmfile, ...argv] }] : []),
        ...nodes.map(({ name, path }) => ({ name: `bare ${name}`, argv: [path, '-e', '0'] })),
        ...nodes.map(({ name, path }) => ({ name: `flotilla ${name}`, argv: [path, bundle, ...argv] })),
      ];
      report(title, compare(contenders, { rounds: 11, cwd, env }), 'helmfile', limits);
    };
    const both = (limit24, limit20) => ({
      [`flotilla node ${process.versions.node.split('.')[0]}`]: limit20,
      'flotilla node 24': limit24,
    });
    contend('list, 5 releases', projects.five, ['list'], both(0.5, 0.85));
    contend('list, 500 releases', projects.fiveHundred, ['list'], both(0.15, 0.2));
    contend('build, 500 releases', projects.fiveHundred, ['build'], both(0.15, 0.2));
    contend('list, 50 nested files', projects.nested, ['list'], both(0.25, 0.35));
    contend('build, 50 nested files', projects.nested, ['build'], both(0.25, 0.35));
    console.log('\nlist, cost per release');
    for (const { name, path } of nodes) {
      const five = runOnce([path, bundle, 'list'], { cwd: projects.fiveThousand, env });
      const ten = runOnce([path, bundle, 'list'], { cwd: projects.tenThousand, env });
      console.log(
        `  ${name.padEnd(22)} 5,000 releases ${five.wall.toFixed(0)} ms (limit 3000), 10,000 releases ${ten.wall.toFixed(0)} ms`,
      );
    }
    printBundleSizes();
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** Bytes that each command loads: the entry and the chunks its dynamic import reaches. */
function printBundleSizes() {
  const folder = resolve(bundle, '../../bundle');
  const { outputs } = JSON.parse(readFileSync(join(folder, 'meta.json'), 'utf8'));
  const sizes = new Map();
  const visit = (name, seen) => {
    if (seen.has(name)) return 0;
    seen.add(name);
    const own = statSync(join(folder, name.split('/').at(-1).replace(/\.js$/, '.cjs'))).size;
    return (
      own +
      outputs[name].imports
        .filter(({ kind, external }) => kind === 'import-statement' && !external)
        .reduce((sum, { path }) => sum + visit(path, seen), 0)
    );
  };
  const main = Object.keys(outputs).find((name) => name.endsWith('/main.js'));
  console.log('\nbytes loaded');
  console.log(`  ${'entry'.padEnd(22)} ${visit(main, new Set()).toLocaleString('en')}`);
  for (const [name, output] of Object.entries(outputs)) {
    const command = /cli\/src\/commands\/([\w-]+)\.ts$/.exec(output.entryPoint ?? '')?.[1];
    if (command === undefined) continue;
    const seen = new Set();
    visit(main, seen);
    sizes.set(command, visit(name, seen));
  }
  for (const [command, bytes] of [...sizes].sort(([a], [b]) => (a < b ? -1 : 1)))
    console.log(`  ${command.padEnd(22)} + ${bytes.toLocaleString('en')}`);
}
