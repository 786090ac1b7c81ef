import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { startChartServer, type TestServer } from '../support/chart-server.ts';
import { startOciRegistry, type TestRegistry } from '../support/oci-registry.ts';
import { outputOf, type ProgramResult } from '../support/run-program.ts';
import { runHelm, type Side } from './helm-command-lines.ts';

/** Two equal folders, one for real Helm 4 and one for ours, with charts, a repository, a registry, keys and a plugin. */

export interface HelmProject extends AsyncDisposable {
  /** Asks a side in its folder; the folder itself does not show in the answer. */
  readonly run: (side: Side, args: readonly string[]) => Promise<ProgramResult>;
  readonly repository: TestServer;
  readonly registry: TestRegistry;
}

const configMap = (name: string, body: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n${body}`;

const hook = (name: string, event: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\n  annotations:\n    helm.sh/hook: ${event}\n`;

const chartYaml = (name: string, more = ''): string =>
  `apiVersion: v2\nname: ${name}\nversion: 0.1.0\nappVersion: "1.0"\n${more}`;

const crd = `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: lamps.example.com\n`;

const files: Readonly<Record<string, string>> = {
  'charts/app/Chart.yaml': chartYaml('app', 'description: An app <with> signs & "quotes"\nkeywords: [web]\n'),
  'charts/app/values.yaml': '# How loud\nvolume: 1\n',
  'charts/app/README.md': '# app\n',
  'charts/app/templates/map.yaml': configMap(
    '{{ .Release.Name }}',
    'data: { volume: {{ .Values.volume | quote }}, namespace: {{ .Release.Namespace }} }\n',
  ),
  'charts/full/Chart.yaml': chartYaml('full', 'icon: https://example.com/icon.png\ndeprecated: true\n'),
  'charts/full/values.yaml': 'size: 1\nlist: [a, b]\n',
  'charts/full/values.schema.json': '{"type":"object","properties":{"size":{"type":"integer","minimum":1}}}',
  'charts/full/crds/lamps.yaml': crd,
  'charts/full/templates/NOTES.txt': 'Thanks for {{ .Chart.Name }}\n',
  'charts/full/templates/_names.tpl': '{{ define "full.name" }}{{ .Release.Name }}-full{{ end }}',
  'charts/full/templates/many.yaml': [
    configMap('{{ include "full.name" . }}', 'data: { size: {{ .Values.size | quote }} }\n'),
    configMap('second', 'data: { upgrade: {{ .Release.IsUpgrade | quote }} }\n'),
  ].join('---\n'),
  'charts/full/templates/versions.yaml': configMap(
    'versions',
    'data:\n  kube: {{ .Capabilities.KubeVersion }}\n  lamps: {{ .Capabilities.APIVersions.Has "example.com/v1" | quote }}\n',
  ),
  'charts/full/templates/hook.yaml': hook('{{ .Release.Name }}-before', 'pre-install'),
  'charts/full/templates/tests/test.yaml': hook('{{ .Release.Name }}-test', 'test'),
  'charts/full/charts/sub/Chart.yaml': chartYaml('sub'),
  'charts/full/charts/sub/templates/map.yaml': configMap('sub', ''),
  'charts/lib/Chart.yaml': chartYaml('lib', 'type: library\n'),
  'charts/broken/Chart.yaml': chartYaml('broken'),
  'charts/broken/templates/map.yaml': configMap('{{ .Values.a.b.c }}', ''),
  'charts/unread/Chart.yaml': chartYaml('unread'),
  'charts/unread/templates/map.yaml': 'apiVersion: v1\nkind: [unclosed\n',
  'charts/future/Chart.yaml': chartYaml('future', 'kubeVersion: ">=99.0.0"\n'),
  'charts/versionless/Chart.yaml': 'apiVersion: v2\nname: versionless\n',
  'charts/old/Chart.yaml': 'apiVersion: v1\nname: old\nversion: 1.0.0\n',
  'charts/lacking/Chart.yaml': chartYaml(
    'lacking',
    'dependencies:\n- { name: app, version: 0.1.0, repository: "file://../app" }\n',
  ),
  'more.yaml': 'volume: 7\n',
  'bad.yaml': 'volume: [\n',
  'text.txt': 'from a file',
  'home/.local/share/helm/starters/plain/Chart.yaml': chartYaml('plain'),
  'home/.local/share/helm/starters/plain/values.yaml': '# for <CHARTNAME>\nname: <CHARTNAME>\n',
  'home/.local/share/helm/starters/plain/templates/map.yaml': configMap('<CHARTNAME>', ''),
  'home/.local/share/helm/plugins/shout/plugin.yaml':
    'apiVersion: v1\ntype: postrenderer/v1\nname: shout\nversion: 1.0.0\nruntime: subprocess\nruntimeConfig:\n  platformCommand:\n  - command: $HELM_PLUGIN_DIR/shout.sh\n',
  'home/.local/share/helm/plugins/shout/shout.sh':
    '#!/bin/sh\nif [ "$1" = fail ]; then echo "no voice" >&2; exit 3; fi\nif [ "$1" = silent ]; then exit 0; fi\nsed "s/second/SECOND/; s/before/BEFORE/"\n',
};

/** Lays both sides out. Needs real Helm for the repository, and gpg for keys. */
export async function helmProject(): Promise<HelmProject> {
  const folder = mkdtempSync(join(tmpdir(), 'flotilla-helm-cli-'));
  const run: HelmProject['run'] = async (side, args) => {
    const cwd = join(folder, side);
    const env = { PATH: process.env['PATH'], HOME: join(cwd, 'home'), TZ: 'UTC' };
    const { exitCode, stdout, stderr } = await runHelm(side, args, { cwd, env });
    return { exitCode, stdout: shown(stdout, cwd), stderr: shown(stderr, cwd) };
  };
  for (const [path, text] of Object.entries(files)) write(join(folder, 'helm', path), text);
  await makeKeys(folder);
  const signed = ['--sign', '--key', 'Signer', '--keyring', 'keys/secret.gpg'];
  await run('helm', ['package', 'charts/app', '-d', 'served', ...signed]);
  await run('helm', ['repo', 'index', 'served']);
  const served = ['index.yaml', 'app-0.1.0.tgz', 'app-0.1.0.tgz.prov'];
  const repository = await startChartServer({
    files: Object.fromEntries(
      served.map((name) => [`/${name}`, readFileSync(join(folder, 'helm/served', name))]),
    ),
  });
  const registry = await startOciRegistry({ authentication: 'token', username: 'me', password: 'secret' });
  write(
    join(folder, 'helm/parent/Chart.yaml'),
    `apiVersion: v2\nname: parent\nversion: 1.0.0\ndependencies:\n- { name: app, version: ^0.1.0, repository: "${repository.url}" }\n`,
  );
  cpSync(join(folder, 'helm'), join(folder, 'flotilla'), { recursive: true, preserveTimestamps: true });
  return {
    run,
    repository,
    registry,
    [Symbol.asyncDispose]: async () => {
      await Promise.all([repository.close(), registry.close()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text, { mode: path.endsWith('.sh') ? 0o755 : 0o644 });
}

/** A key that is open and one with a passphrase. */
async function makeKeys(folder: string): Promise<void> {
  const keys = join(folder, 'helm/keys');
  const home = mkdtempSync(join(tmpdir(), 'gpg-'));
  mkdirSync(keys);
  const gpg = (...args: readonly string[]): Promise<ProgramResult> =>
    outputOf('gpg', ['--homedir', home, '--batch', '--pinentry-mode', 'loopback', ...args], { cwd: keys });
  const make = (user: string, passphrase: string): Promise<ProgramResult> =>
    gpg('--passphrase', passphrase, '--quick-generate-key', user, 'rsa2048', 'sign', 'never');
  await make('Signer <signer@example.com>', '');
  await make('Locked <locked@example.com>', 'open sesame');
  await gpg('--passphrase', 'open sesame', '--output', 'secret.gpg', '--export-secret-keys');
  await gpg('--output', 'public.gpg', '--export');
  await gpg('--output', 'other.gpg', '--export', 'locked@example.com');
  writeFileSync(join(keys, 'passphrase'), 'open sesame\n');
  writeFileSync(join(keys, 'wrong'), 'knock knock\n');
  await outputOf('gpgconf', ['--homedir', home, '--kill', 'all']);
  rmSync(home, { recursive: true, force: true });
}

/** Folders, times and the random names of files that are being written are nobody's business. */
function shown(text: string, cwd: string): string {
  return text
    .replaceAll(`${cwd}/`, '')
    .replaceAll(cwd, '.')
    .replaceAll(/\.(tgz|yaml)\d+:/g, '.$1:')
    .replaceAll(/^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d /gm, 'TIME ');
}
