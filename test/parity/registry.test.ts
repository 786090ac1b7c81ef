import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import {
  addRepository,
  createNodeRegistryHost,
  type NodeRegistryHost,
  packageChart,
  pullChart,
  pushChart,
  repositoryEntry,
  updateDependencies,
  verificationText,
  verifyChart,
  writeIndexOf,
} from '@flotilla/helm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startChartServer, type TestServer } from '../support/chart-server.ts';
import { startOciRegistry, type TestRegistry } from '../support/oci-registry.ts';
import { chartsFolder, reference } from '../support/references.ts';
import { outputOf } from '../support/run-program.ts';

/** Real Helm 4 and ours on the same repositories, registries, archives and signatures: each reads what the other wrote. */

const helm = reference('helm4');
const isPossible = helm !== undefined && chartsFolder !== undefined;
const epoch = 1_700_000_000;

let folder: string;
let host: NodeRegistryHost;
let repository: TestServer;
let registry: TestRegistry;

async function run(program: string, args: readonly string[], input = ''): Promise<string> {
  const env = { ...process.env, ...environment('helm') };
  return (await outputOf(program, args, { cwd: folder, env, input })).stdout;
}

function environment(who: string): Record<string, string> {
  return {
    HELM_CACHE_HOME: join(folder, who, 'cache'),
    HELM_CONFIG_HOME: join(folder, who, 'config'),
    HELM_DATA_HOME: join(folder, who, 'data'),
    GNUPGHOME: join(folder, 'gpg'),
    SOURCE_DATE_EPOCH: String(epoch),
  };
}

const runHelm = (...args: readonly string[]): Promise<string> => run(helm ?? '', args);

beforeAll(async () => {
  if (!isPossible) return;
  folder = mkdtempSync(join(tmpdir(), 'flotilla-parity-'));
  host = createNodeRegistryHost({
    environment: environment('ours'),
    platform: 'linux',
    homeDirectory: folder,
    directory: folder,
  });
  const root = join(chartsFolder ?? '', 'bitnami');
  repository = await startChartServer({
    files: Object.fromEntries(readdirSync(root).map((name) => [`/${name}`, readFileSync(join(root, name))])),
  });
  registry = await startOciRegistry();
  await runHelm('repo', 'add', 'charts', repository.url);
  await addRepository(repositoryEntry({ name: 'charts', url: repository.url }), host);
  await runHelm('pull', 'charts/redis', '--untar');
});

afterAll(async () => {
  if (!isPossible) return;
  host.http.close();
  await Promise.all([repository.close(), registry.close()]);
  rmSync(folder, { recursive: true, force: true });
});

function tarOf(path: string): Buffer {
  return gunzipSync(readFileSync(join(folder, path)));
}

describe.runIf(isPossible)('beside Helm 4', () => {
  test('repositories.yaml is the same', () => {
    const [theirs, ours] = ['helm', 'ours'].map((who) =>
      readFileSync(join(folder, who, 'config/repositories.yaml'), 'utf8'),
    );
    expect(ours).toBe(theirs);
  });

  test.each(['', '^17', '17.1', '>17.0.0-0'])('redis %j is the same archive', async (version) => {
    for (const place of ['theirs', 'ours-pulled']) mkdirSync(join(folder, place), { recursive: true });
    await runHelm('pull', 'charts/redis', '--version', version, '-d', 'theirs');
    const { path } = await pullChart('charts/redis', host, { version, destination: 'ours-pulled' });
    expect(readFileSync(join(folder, path))).toEqual(
      readFileSync(join(folder, path.replace('ours-pulled', 'theirs'))),
    );
  });

  test('packages have the same tar', async () => {
    await runHelm('package', 'redis', '-d', 'by-helm', '--app-version', '9');
    const { path } = await packageChart('redis', host, {
      destination: 'by-us',
      appVersion: '9',
      epochSeconds: epoch,
    });
    expect(tarOf(path)).toEqual(tarOf(path.replace('by-us', 'by-helm')));
  });

  test('indexes differ in nothing but their times', async () => {
    await runHelm('package', 'redis', '-d', 'indexed');
    const read = (): string =>
      readFileSync(join(folder, 'indexed/index.yaml'), 'utf8').replaceAll(/(created|generated): .*/g, '$1');
    await runHelm('repo', 'index', 'indexed', '--url', 'https://x/y');
    const theirs = read();
    writeIndexOf('indexed', host, { url: 'https://x/y' });
    expect(read()).toBe(theirs);
  });

  test('locks differ in nothing but their times', async () => {
    const lockOf = (name: string): string =>
      readFileSync(join(folder, name, 'Chart.lock'), 'utf8').replace(/generated: .*/, '');
    const charts: string[] = [];
    for (const name of ['d-helm', 'd-ours']) {
      mkdirSync(join(folder, name));
      await runHelm('create', `${name}/app`);
      const chartYaml = join(folder, name, 'app/Chart.yaml');
      appendFileSync(
        chartYaml,
        'dependencies:\n- {name: redis, version: ">=17 <18", repository: "@charts", alias: r, condition: "a<b&c"}\n',
      );
      charts.push(`${name}/app`);
    }
    await runHelm('dependency', 'update', charts[0] ?? '');
    await updateDependencies(charts[1] ?? '', host);
    expect(lockOf('d-ours/app')).toBe(lockOf('d-helm/app'));
    await runHelm('dependency', 'build', charts[1] ?? '');
  });

  test('registries get the same manifest, and each pulls what the other pushed', async () => {
    const { path } = await packageChart('redis', host, { version: '1.0.0+b', epochSeconds: epoch });
    await runHelm('push', path, `oci://${registry.host}/helm`, '--plain-http');
    await pushChart(path, `oci://${registry.host}/ours`, host, { plainHttp: true });
    expect(registry.manifests.get('ours/redis:1.0.0_b')).toEqual(
      registry.manifests.get('helm/redis:1.0.0_b'),
    );
    for (const place of ['oci-helm', 'oci-ours']) mkdirSync(join(folder, place), { recursive: true });
    const args = ['--version', '1.0.0+b', '--plain-http', '-d', 'oci-helm'];
    const printed = await runHelm('pull', `oci://${registry.host}/ours/redis`, ...args);
    let text = '';
    const ours = await pullChart(`oci://${registry.host}/ours/redis`, host, {
      version: '1.0.0+b',
      plainHttp: true,
      destination: 'oci-ours',
      print: (part) => {
        text += part;
      },
    });
    expect(text).toBe(printed);
    expect(readFileSync(join(folder, ours.path))).toEqual(readFileSync(path));
    expect(readdirSync(join(folder, 'oci-helm'))).toEqual(['redis-1.0.0+b.tgz']);
  });

  test('each verifies what the other signed', async () => {
    mkdirSync(join(folder, 'gpg'), { mode: 0o700 });
    const user = 'Flotilla Test <test@example.com>';
    const key = ['--batch', '--passphrase', '', '--quick-generate-key', user, 'rsa2048', 'sign', 'never'];
    await run('gpg', key);
    await run('gpg', ['--batch', '--output', 'secret.gpg', '--export-secret-keys']);
    await run('gpg', ['--batch', '--armor', '--output', 'public.asc', '--export']);
    await runHelm(
      'package',
      'redis',
      '--sign',
      '--key',
      'Flotilla',
      '--keyring',
      'secret.gpg',
      '-d',
      'signed-helm',
    );
    const { path } = await packageChart('redis', host, {
      destination: 'signed-ours',
      sign: { key: 'Flotilla', keyring: 'secret.gpg', passphrase: () => Promise.resolve('') },
    });
    for (const archive of [path, path.replace('signed-ours', 'signed-helm')]) {
      for (const keyring of ['public.asc', 'gpg/pubring.kbx', 'secret.gpg']) {
        const theirs = await runHelm('verify', archive, '--keyring', keyring);
        expect(verificationText(await verifyChart(archive, host, { keyring }))).toBe(theirs);
        expect(theirs).toContain(`Signed by: ${user}\n`);
      }
    }
  });
});
