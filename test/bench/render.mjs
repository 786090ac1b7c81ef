// Rendering: our bundle against helmfile with helm 4, and against helm alone; charts from the charts folder, unpacked,
// and kube-prometheus-stack, fetched into a cache folder outside the repository.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { compare, references, report, runOnce } from './measure.mjs';
import { nodeVersions } from './node-versions.mjs';

const bundle = resolve(import.meta.dirname, '../../packages/cli/bin/flotilla.cjs');
const charts = [process.env.FLOTILLA_CHARTS, resolve(import.meta.dirname, '../../../shared/charts')].find(
  (path) => path !== undefined && existsSync(path),
);
const published = {
  redis: 'bitnami/redis-17.3.7.tgz',
  postgresql: 'bitnami/postgresql-12.1.5.tgz',
  'ingress-nginx': 'ingress-nginx/ingress-nginx-4.8.0.tgz',
  'cert-manager': 'jetstack/cert-manager-v1.13.0.tgz',
};

const large = { name: 'kube-prometheus-stack', version: '88.5.3' };

/** The folder of the large chart: as the parity suite laid it, or as its authors published it; nothing when offline. */
function largeChart() {
  const cache = join(homedir(), '.cache');
  const laid = join(
    process.env.FLOTILLA_PUBLISHED_CHARTS ?? join(cache, 'flotilla-published-charts'),
    `prometheus-community/helm-charts/charts+${large.name}`,
  );
  const fetched = join(cache, 'flotilla-references/charts', large.name);
  const found = [laid, fetched].find((path) => existsSync(join(path, 'Chart.yaml')));
  if (found !== undefined) return found;
  const repository = ['--repo', 'https://prometheus-community.github.io/helm-charts'];
  const pull = [
    'pull',
    large.name,
    ...repository,
    '--version',
    large.version,
    '--untar',
    '-d',
    dirname(fetched),
  ];
  spawnSync(join(references, 'helm4'), pull, { timeout: 120_000 });
  return existsSync(join(fetched, 'Chart.yaml')) ? fetched : undefined;
}

/** Helmfiles of `count` releases, the charts taken in turn. */
function layProject(root, name, count, chartNames) {
  const releases = Array.from({ length: count }, (_, index) => {
    const chart = chartNames[index % chartNames.length];
    return `- name: r${index}\n  namespace: ns${index % 10}\n  chart: ../charts/${chart}\n  values:\n  - nameOverride: n${index}\n`;
  });
  const folder = join(root, name);
  mkdirSync(folder);
  writeFileSync(join(folder, 'helmfile.yaml'), `releases:\n${releases.join('')}`);
  return folder;
}

function unpackCharts(root) {
  const folder = join(root, 'charts');
  mkdirSync(folder);
  for (const path of Object.values(published))
    execFileSync('tar', ['-xzf', join(charts, path), '-C', folder]);
  const small = resolve(import.meta.dirname, '../../examples/quickstart/charts/cache');
  cpSync(small, join(folder, 'cache'), { recursive: true });
}

function verdict(name, value, limit, unit) {
  if (value === undefined) return `  ${name}: not measured`;
  const text = unit === 'ratio' ? value.toFixed(3) : `${value.toFixed(0)} ${unit}`;
  return `  ${name}: ${text}  (limit ${limit}: ${value <= limit ? 'met' : 'NOT met'})`;
}

/** Helmfile would build dependencies that are there already, from repositories that are not: neither side does. */
const command = ['template', '--skip-deps'];

/** Runs the contenders and prints ratios against helmfile, or another program with its own arguments for both. */
function contend(title, { cwd, env, nodes, rounds, limits, against = 'helmfile', args = command }) {
  const [program, ...own] = against.split(' ');
  const reference = join(references, program);
  const first = existsSync(reference) ? runOnce([reference, ...args], { cwd, env }) : undefined;
  const works = first?.status === 0;
  if (first !== undefined && !works)
    console.log(`  ${program} fails, no ratios: ${first.stderr.slice(0, 300)}`);
  const contenders = [
    ...(works ? [{ name: program, argv: [reference, ...args] }] : []),
    ...nodes.map(({ name, path }) => ({ name: `flotilla ${name}`, argv: [path, bundle, ...own, ...args] })),
  ];
  const results = compare(contenders, { rounds, cwd, env });
  report(title, results, program);
  const base = results.get(program);
  for (const { name } of nodes) sayVerdicts(name, { base, own: results.get(`flotilla ${name}`), limits });
  sayWhetherEqual(results);
}

function sayVerdicts(name, { base, own, limits }) {
  const part = (key) =>
    base?.[key] === undefined || own[key] === undefined ? undefined : own[key] / base[key];
  console.log(verdict(`${name} wall time`, part('wall'), limits.wall, 'ratio'));
  if (limits.cpu !== undefined) console.log(verdict(`${name} cpu time`, part('cpu'), limits.cpu, 'ratio'));
  if (limits.memory !== undefined)
    console.log(verdict(`${name} peak memory`, own.memory, limits.memory, 'MiB'));
}

function sayWhetherEqual(results) {
  const texts = [...results].map(([, { output }]) => output);
  const same = texts.every((text) => text === texts[0]);
  console.log(`  output: ${same ? 'the same bytes' : 'differs (charts that draw random values always do)'}`);
}

/** One large chart: a helmfile of it, and `flotilla helm template` of it. */
function contendLarge(root, shared) {
  const chart = largeChart();
  if (chart === undefined) {
    console.log(`\nSKIPPED: ${large.name} ${large.version} is in no cache and cannot be fetched`);
    return;
  }
  symlinkSync(chart, join(root, 'charts', large.name));
  const cwd = layProject(root, 'large', 1, [large.name]);
  const limits = { wall: 0.5 };
  contend(`template, one large chart (${large.name})`, { ...shared, cwd, rounds: 7, limits });
  contend(`helm template of ${large.name}`, {
    ...shared,
    cwd,
    rounds: 7,
    limits: { wall: 1 },
    against: 'helm4 helm',
    args: ['template', 'x', chart],
  });
}

/** Wall time of one run over 500 and 1,000 releases. */
function scale(root, { env, nodes }) {
  const names = [...Object.keys(published), 'cache'];
  const half = layProject(root, 'five-hundred', 500, names);
  const full = layProject(root, 'thousand', 1000, names);
  console.log('\ntemplate, releases of five charts');
  for (const { name, path } of nodes) {
    const [small, large] = [half, full].map((cwd) => runOnce([path, bundle, ...command], { cwd, env }));
    const failed = [small, large].filter(({ status }) => status !== 0);
    for (const { stderr } of failed) console.log(`  ${name} fails: ${stderr.slice(0, 300)}`);
    console.log(`  ${name}: 500 in ${small.wall.toFixed(0)} ms, 1,000 in ${large.wall.toFixed(0)} ms`);
    console.log(verdict(`${name} 1,000 releases`, large.wall, 15_000, 'ms'));
    console.log(verdict(`${name} twice the releases, times`, large.wall / small.wall, 2.2, 'ratio'));
  }
}

export async function run() {
  if (charts === undefined) {
    console.log('no charts (FLOTILLA_CHARTS): nothing to render');
    return;
  }
  const root = mkdtempSync(join(tmpdir(), 'bench-render-'));
  try {
    const bin = join(root, 'bin');
    mkdirSync(bin);
    if (existsSync(join(references, 'helm4'))) symlinkSync(join(references, 'helm4'), join(bin, 'helm'));
    else console.log('helm is not built: no ratios (node scripts/references.mjs builds it)');
    unpackCharts(root);
    const env = {
      ...process.env,
      PATH: [bin, process.env.PATH].join(delimiter),
      HELMFILE_UPGRADE_NOTICE_DISABLED: '1',
    };
    const shared = { env, nodes: nodeVersions() };
    const hundred = layProject(root, 'hundred', 100, ['redis']);
    contend('template, 100 releases of redis 17.3.7', {
      ...shared,
      cwd: hundred,
      rounds: 3,
      limits: { wall: 0.08, cpu: 0.1, memory: 300 },
    });
    contendLarge(root, shared);
    const small = layProject(root, 'small', 1, ['cache']);
    contend('template, one small chart', { ...shared, cwd: small, rounds: 7, limits: { wall: 0.6 } });
    scale(root, shared);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
