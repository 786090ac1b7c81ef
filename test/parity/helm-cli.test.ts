import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startChartServer, type TestServer } from '../support/chart-server.ts';
import { reference } from '../support/references.ts';

/** `flotilla helm …` and real Helm 4, command line for command line: the same standard output and exit code. */

const helm = reference('helm4');
const ours = join(import.meta.dirname, '../../packages/cli/bin/flotilla.cjs');

let folder: string;
let server: TestServer;

interface Answer {
  readonly stdout: string;
  readonly code: number;
}

/** Runs in a side's own folder; its path and the server's changing port do not show. */
function run(side: string, program: string, args: readonly string[]): Promise<Answer> {
  const cwd = join(folder, side);
  const env = { PATH: process.env['PATH'], HOME: join(cwd, 'home') };
  return new Promise((resolve) => {
    execFile(program, [...args], { cwd, env, timeout: 30_000 }, (error, stdout) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
      resolve({ stdout: stdout.replaceAll(`${cwd}/`, ''), code });
    });
  });
}

beforeAll(async () => {
  if (helm === undefined) return;
  folder = mkdtempSync(join(tmpdir(), 'flotilla-helm-cli-'));
  mkdirSync(join(folder, 'helm/charts/app/templates'), { recursive: true });
  const files = {
    'app/Chart.yaml': 'apiVersion: v2\nname: app\nversion: 0.1.0\nappVersion: "1.0"\n',
    'app/values.yaml': '# How loud\nvolume: 1\n',
    'app/README.md': '# app\n',
    'app/templates/map.yaml':
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}\ndata: { volume: {{ .Values.volume | quote }} }\n',
  };
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, 'helm/charts', path), text);
  await run('helm', helm, ['package', 'charts/app', '-d', 'charts']);
  await run('helm', helm, ['repo', 'index', 'charts']);
  const read = (name: string): Buffer => readFileSync(join(folder, 'helm/charts', name));
  server = await startChartServer({
    files: { '/index.yaml': read('index.yaml'), '/app-0.1.0.tgz': read('app-0.1.0.tgz') },
  });
  mkdirSync(join(folder, 'helm/parent'));
  const dependency = `- { name: app, version: ^0.1.0, repository: "${server.url}" }`;
  const parent = `apiVersion: v2\nname: parent\nversion: 1.0.0\ndependencies:\n${dependency}\n`;
  writeFileSync(join(folder, 'helm/parent/Chart.yaml'), parent);
  cpSync(join(folder, 'helm'), join(folder, 'flotilla'), { recursive: true });
});

afterAll(async () => {
  if (helm === undefined) return;
  await server.close();
  rmSync(folder, { recursive: true });
});

const lines = `
repo list
repo add one URL
repo add one URL
repo add one URL/
repo add two URL/nothing
repo add a/b URL
repo add
repo list
repo ls
repo update
repo update nope
repo update one
pull one/app
pull one/app --version 9.9.9
pull one/nope
pull app --repo URL --untar
pull app --repo URL --untar
pull nope/app
pull
template x one/app --version 0.1.0
template x one/app --version ^0.2.0
template x app --repo URL --set volume=11
template x charts/app --set volume
template x charts/app -f nothing.yaml
template X_ charts/app
template charts/app
template x charts/app -s templates/map.yaml
template x charts/app -s templates/nope.yaml
show chart one/app
show values one/app
show readme one/app
show all charts/app
show crds charts/app
show chart nowhere
lint charts/app
lint nowhere
lint charts/app --strict
dependency list parent
dependency build parent
dependency update parent
dependency build parent
dep up parent --skip-refresh
dependency list parent
dependency update nowhere
template x parent
package parent
package nowhere
repo index charts
repo index
repo index nowhere
repo remove one two
repo remove one
repo remove
repo update
push a.tgz http://x
push
version
version --short
`;

test.skipIf(helm === undefined)('each command line answers as Helm does', { timeout: 120_000 }, async () => {
  const transcripts = { helm: '', flotilla: '' };
  for (const line of lines.trim().split('\n')) {
    const args = line.replace('URL', server.url).split(' ');
    const theirs = await run('helm', helm ?? '', args);
    const answer = await run('flotilla', process.execPath, [ours, 'helm', ...args]);
    transcripts.helm += `$ ${line}\n${theirs.stdout}exit ${theirs.code}\n`;
    transcripts.flotilla += `$ ${line}\n${answer.stdout}exit ${answer.code}\n`;
  }
  expect(transcripts.flotilla).toBe(transcripts.helm);
});
