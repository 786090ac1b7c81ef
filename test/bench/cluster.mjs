// Releases on a control plane: our bundle, natively, against helmfile with helm 4. Comparing is `helm get manifest` on the
// reference's side, where helm-diff itself cannot be built.
import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { Agent, request as httpsRequest } from 'node:https';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { median, references, report, runOnce } from './measure.mjs';

const bundle = resolve(import.meta.dirname, '../../packages/cli/bin/flotilla.cjs');
const scripts = resolve(import.meta.dirname, '../references');
const port = 23_443;
const rounds = Number(process.env.FLOTILLA_BENCH_ROUNDS ?? 3);
const count = 50;

/** Limits of the issue: our wall time over helmfile's. */
const limits = { sync: 0.25, diff: 0.05, apply: 0.05, destroy: 0.25 };

function layProject(root, name, total) {
  const releases = Array.from({ length: total }, (_, index) => {
    const namespace = `${name}-${Math.floor(index / 10)}`;
    return `- {name: r${index}, namespace: ${namespace}, chart: ../cache, values: [{nameOverride: n${index}}]}\n`;
  });
  const folder = join(root, name);
  mkdirSync(folder);
  writeFileSync(join(folder, 'helmfile.yaml'), `releases:\n${releases.join('')}`);
  return folder;
}

/** A stand-in for helm-diff that reads what helm-diff reads at least. */
function layDiffPlugin(root) {
  const folder = join(root, 'plugins/diff');
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'plugin.yaml'),
    'name: diff\nversion: 3.15.0\nusage: stand-in\ndescription: stand-in\ncommand: $HELM_PLUGIN_DIR/diff\n',
  );
  const script = `#!/bin/bash
[ "$1" = version ] && { echo 3.15.0; exit; }
for word in "$@"; do
  [[ "$word" =~ ^r[0-9]+$ ]] && name=$word
done
exec "$HELM_BIN" get manifest "$name" >/dev/null
`;
  writeFileSync(join(folder, 'diff'), script);
  chmodSync(join(folder, 'diff'), 0o755);
  return join(root, 'plugins');
}

/** Sync, then unchanged diffs and applies, then destroy: seconds of each by command. */
function measure(contender, environment) {
  const runs = {};
  const run = (title, ...args) => {
    const options = { cwd: contender.cwd, env: { ...environment, ...contender.env } };
    const result = runOnce([...contender.argv, ...args], options);
    if (result.status !== 0)
      console.log(`  ${contender.name} ${title} exits ${result.status}: ${result.stderr.slice(-400)}`);
    runs[title] = [...(runs[title] ?? []), result];
  };
  run('sync', 'sync');
  for (let round = 0; round < rounds; round += 1) {
    run('diff', 'diff');
    run('apply', 'apply');
  }
  run('destroy', 'destroy');
  return runs;
}

const part = (results, key) => median(results.map((result) => result[key]));

function printRatios(all, contenders) {
  for (const title of Object.keys(limits)) {
    const results = new Map(
      contenders.map(({ name }) => {
        const runs = all.get(name).flatMap((each) => each[title]);
        return [name, { wall: part(runs, 'wall'), cpu: part(runs, 'cpu'), memory: part(runs, 'memory') }];
      }),
    );
    report(`${title}, ${count} releases`, results, 'helmfile', { flotilla: limits[title] });
  }
}

/** Requests of one run, counted on their way. */
async function requestsOf(args, { cwd, env, kubeconfig, root }) {
  const text = readFileSync(kubeconfig, 'utf8');
  const server = /server: "([^"]+)"/.exec(text)[1];
  const agent = new Agent({ keepAlive: true, rejectUnauthorized: false });
  let requests = 0;
  const proxy = createServer((incoming, outgoing) => {
    requests += 1;
    const { method, headers } = incoming;
    const sent = httpsRequest(new URL(incoming.url, server), { method, headers, agent }, (answer) => {
      outgoing.writeHead(answer.statusCode, answer.headers);
      answer.pipe(outgoing);
    });
    sent.on('error', () => outgoing.destroy());
    incoming.pipe(sent);
  });
  await new Promise((done) => proxy.listen(0, '127.0.0.1', done));
  const counted = join(root, 'counted-kubeconfig');
  writeFileSync(counted, text.replace(server, `http://127.0.0.1:${proxy.address().port}`));
  const child = spawn(process.execPath, [bundle, ...args], {
    cwd,
    env: { ...env, KUBECONFIG: counted },
    stdio: 'ignore',
  });
  await new Promise((done) => child.once('exit', done));
  proxy.closeAllConnections();
  proxy.close();
  agent.destroy();
  return requests;
}

function verdict(title, value, { limit, unit, digits = 0 }) {
  console.log(
    `  ${title}: ${value === undefined ? 'not measured' : `${value.toFixed(digits)} ${unit}`}  (limit ${limit}: ${value <= limit ? 'met' : 'NOT met'})`,
  );
}

/** Requests per unchanged release, and a thousand of them. */
async function scale(root, { env, kubeconfig }) {
  console.log('\nunchanged releases, natively');
  const small = layProject(root, 'counted', count);
  const ours = (cwd, ...args) => runOnce([process.execPath, bundle, ...args], { cwd, env });
  ours(small, 'sync');
  for (const command of ['diff', 'apply']) {
    const requests = await requestsOf([command], { cwd: small, env, kubeconfig, root });
    verdict(`requests per release, ${command}`, requests / count, {
      limit: 1,
      unit: `(${requests} for ${count})`,
      digits: 2,
    });
  }
  const large = layProject(root, 'thousand', 1000);
  const sync = ours(large, 'sync');
  console.log(`  first sync of 1,000 releases: ${(sync.wall / 1000).toFixed(1)} s, exit ${sync.status}`);
  const diff = ours(large, 'diff');
  if (diff.status !== 0) console.log(`  diff exits ${diff.status}: ${diff.stderr.slice(-400)}`);
  verdict('diff of 1,000 releases', diff.wall / 1000, { limit: 15, unit: 's', digits: 1 });
  if (diff.cpu !== undefined) console.log(`  its cpu time: ${(diff.cpu / 1000).toFixed(1)} s`);
  verdict('its peak memory', diff.memory, { limit: 500, unit: 'MiB' });
}

export async function run() {
  const missing = ['kube', 'kwok', 'helm4', 'helmfile'].filter((name) => !existsSync(join(references, name)));
  if (missing.length > 0) {
    console.log(`no control plane: ${missing.join(', ')} not built (npm run test:references says how)`);
    return;
  }
  const root = mkdtempSync(join(tmpdir(), 'bench-cluster-'));
  const plane = join(root, 'plane');
  const env = { ...process.env, TESTBED_BIN: references };
  try {
    spawnSync(join(scripts, 'kube-up'), [plane, String(port)], { env, stdio: 'ignore', timeout: 120_000 });
    const kubeconfig = join(plane, 'kubeconfig');
    mkdirSync(join(root, 'bin'));
    symlinkSync(join(references, 'helm4'), join(root, 'bin/helm'));
    cpSync(resolve(import.meta.dirname, '../../examples/quickstart/charts/cache'), join(root, 'cache'), {
      recursive: true,
    });
    const shared = {
      ...process.env,
      KUBECONFIG: kubeconfig,
      PATH: [join(root, 'bin'), process.env.PATH].join(delimiter),
      HELMFILE_UPGRADE_NOTICE_DISABLED: '1',
      HELM_PLUGINS: layDiffPlugin(root),
    };
    const contenders = [
      { name: 'helmfile', argv: [join(references, 'helmfile')], cwd: layProject(root, 'theirs', count) },
      { name: 'flotilla', argv: [process.execPath, bundle], cwd: layProject(root, 'ours', count) },
    ];
    const all = new Map(contenders.map((each) => [each.name, [measure(each, shared)]]));
    printRatios(all, contenders);
    await scale(root, { env: shared, kubeconfig });
  } finally {
    spawnSync(join(scripts, 'kube-down'), [plane], { env, stdio: 'ignore' });
    rmSync(root, { recursive: true, force: true });
  }
}
