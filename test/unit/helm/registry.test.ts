import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  addRepository,
  buildDependencies,
  createChart,
  createNodeRegistryHost,
  fetchChartToCache,
  loginToRegistry,
  type NodeRegistryHost,
  packageChart,
  preparePrivateChart,
  pullChart,
  pushChart,
  repositoryEntry,
  updateDependencies,
  updateRepositories,
  uploadChart,
  writeIndexOf,
} from '@flotilla/helm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ChartServerOptions, startChartServer, type TestServer } from '../../support/chart-server.ts';
import { type OciRegistryOptions, startOciRegistry, type TestRegistry } from '../../support/oci-registry.ts';

/** Repositories and registries over the loopback interface: what is asked for, what is refused, what is printed. */

let folder: string;
let host: NodeRegistryHost;
let closing: (() => Promise<void>)[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'flotilla-registry-'));
  mkdirSync(join(folder, 'out'));
  host = createNodeRegistryHost({
    environment: { HELM_CACHE_HOME: join(folder, 'cache'), HELM_CONFIG_HOME: join(folder, 'config') },
    platform: 'linux',
    homeDirectory: folder,
    directory: folder,
    http: { retries: 2, retryDelayMs: 1 },
  });
  closing = [];
});

afterEach(async () => {
  host.http.close();
  await Promise.all(closing.map((close) => close()));
  rmSync(folder, { recursive: true, force: true });
});

async function archive(name: string, version = '1.0.0'): Promise<string> {
  createChart(name, host);
  return (await packageChart(name, host, { version })).path;
}

async function repository(options: ChartServerOptions = {}): Promise<TestServer> {
  const path = await archive('web');
  writeIndexOf(folder, host);
  const files = {
    '/charts/index.yaml': readFileSync(join(folder, 'index.yaml')),
    '/charts/web-1.0.0.tgz': readFileSync(path),
    ...options.files,
  };
  const server = await startChartServer({ ...options, files });
  closing.push(server.close);
  return server;
}

async function registry(options: OciRegistryOptions = {}): Promise<TestRegistry> {
  const server = await startOciRegistry(options);
  closing.push(server.close);
  return server;
}

describe('a repository', () => {
  test('is added, updated by validators, and its charts are fetched once', async () => {
    const server = await repository();
    const printed: string[] = [];
    const print = (text: string): void => void printed.push(text);
    const entry = repositoryEntry({ name: 'r', url: `${server.url}/charts` });
    await addRepository(entry, host, { print });
    await addRepository(entry, host, { print });
    await updateRepositories(host, { print });
    const first = await fetchChartToCache('r/web', host);
    expect(await fetchChartToCache('r/web', host, { version: '^1' })).toEqual(first);
    expect(printed.join('')).toBe(`"r" has been added to your repositories
"r" already exists with the same configuration, skipping
Hang tight while we grab the latest from your chart repositories...
...Successfully got an update from the "r" chart repository
Update Complete. ⎈Happy Helming!⎈
`);
    expect(
      server.requests.map(({ path, headers }) => [path, headers['if-none-match'] !== undefined]),
    ).toEqual([
      ['/charts/index.yaml', false],
      ['/charts/index.yaml', true],
      ['/charts/web-1.0.0.tgz', false],
    ]);
  });

  test('with credentials sends them to its own host alone', async () => {
    const other = await repository();
    const server = await repository({
      username: 'u',
      password: 'p',
      redirects: { '/charts/web-1.0.0.tgz': `${other.url}/charts/web-1.0.0.tgz` },
    });
    const entry = { name: 'r', url: `${server.url}/charts`, username: 'u', password: 'p' };
    await addRepository(repositoryEntry(entry), host);
    await pullChart('r/web', host, { destination: join(folder, 'out') });
    expect(readdirSync(join(folder, 'out'))).toEqual(['web-1.0.0.tgz']);
    expect(server.requests.every(({ headers }) => headers['authorization'] !== undefined)).toBe(true);
    expect(other.requests.map(({ headers }) => headers['authorization'])).toEqual([undefined]);
    await expect(addRepository(repositoryEntry({ name: 'x', url: entry.url }), host)).rejects.toThrow(
      `looks like "${entry.url}" is not a valid chart repository or cannot be reached: failed to fetch ${entry.url}/index.yaml : 401 Unauthorized`,
    );
  });

  test('that fails for a moment is asked again, one that stalls or breaks off is given up', async () => {
    const path = '/charts/web-1.0.0.tgz';
    const shaky = await repository({ failures: { [path]: [503, 429] } });
    await fetchChartToCache(`${shaky.url}${path}`, host);
    expect(shaky.requests).toHaveLength(3);
    const broken = await repository({ failures: { [path]: [500, 500, 500] } });
    await expect(fetchChartToCache(`${broken.url}${path}`, host)).rejects.toThrow(
      `failed to fetch ${broken.url}${path} : 500 Internal Server Error`,
    );
    const stalled = await repository({ stalls: [path] });
    await expect(fetchChartToCache(`${stalled.url}${path}`, host, { timeoutMs: 100 })).rejects.toThrow(
      `Get "${stalled.url}${path}": context deadline exceeded (Client.Timeout exceeded while awaiting headers)`,
    );
    const cut = await repository({ cuts: [path] });
    await expect(fetchChartToCache(`${cut.url}${path}`, host)).rejects.toThrow(`Get "${cut.url}${path}": `);
  });

  test.each(['chartmuseum', 'harbor', 'artifactory'] as const)('of %s takes uploads', async (kind) => {
    const server = await repository();
    const path = join(folder, 'web-1.0.0.tgz');
    const place = kind === 'harbor' ? '/chartrepo/team' : kind === 'artifactory' ? '/artifactory/helm' : '';
    await uploadChart(path, `${server.url}${place}`, host, { server: kind });
    const stored = { chartmuseum: '/api/charts', harbor: '/api/chartrepo/team/charts', artifactory: place }[
      kind
    ];
    expect(Buffer.from(server.files.get(`${stored}/web-1.0.0.tgz`)!)).toEqual(readFileSync(path));
    if (kind === 'artifactory') return;
    await expect(uploadChart(path, `${server.url}${place}`, host, { server: kind })).rejects.toThrow(
      `failed to upload to ${server.url}${stored} : 409 Conflict: {"error":"file already exists"}`,
    );
  });
});

describe('a registry', () => {
  test.each(['basic', 'token'] as const)(
    'with %s authentication takes and gives charts',
    async (authentication) => {
      const server = await registry({ authentication, username: 'u', password: 'p', pageSize: 1 });
      await loginToRegistry(server.host, host, { username: 'u', password: 'p', plainHttp: true });
      const printed: string[] = [];
      for (const version of ['1.0.0+b', '1.1.0']) {
        await pushChart(await archive('web', version), `oci://${server.host}/team`, host, {
          plainHttp: true,
        });
      }
      await pullChart(`oci://${server.host}/team/web`, host, {
        plainHttp: true,
        destination: join(folder, 'out'),
        print: (text) => printed.push(text),
      });
      expect(readdirSync(join(folder, 'out'))).toEqual(['web-1.1.0.tgz']);
      expect(printed.join('')).toContain(`Pulled: ${server.host}/team/web:1.1.0\nDigest: sha256:`);
      expect([...server.manifests.keys()].filter((key) => !key.includes('sha256'))).toEqual([
        'team/web:1.0.0_b',
        'team/web:1.1.0',
      ]);
      if (authentication === 'token') expect(server.scopes).toContain('repository:team/web:pull,push');
      await expect(
        loginToRegistry(server.host, host, { username: 'u', password: 'bad', plainHttp: true }),
      ).rejects.toThrow(`authenticating to "${server.host}": `);
    },
  );

  test('cannot hand out wrong bytes or lead elsewhere', async () => {
    const corrupt = await registry({ corruptBlobs: true });
    const path = await archive('web');
    await pushChart(path, `oci://${corrupt.host}/x`, host, { plainHttp: true });
    const options = { plainHttp: true, version: '1.0.0' };
    await expect(fetchChartToCache(`oci://${corrupt.host}/x/web`, host, options)).rejects.toThrow(
      'failed to perform "Push" on destination: mismatched digest',
    );
    const elsewhere = await registry({ pageSize: 1, nextPage: 'http://127.0.0.1:1/v2/x/tags/list' });
    for (const version of ['1.0.0', '2.0.0']) {
      await pushChart(await archive('web', version), `oci://${elsewhere.host}/x`, host, { plainHttp: true });
    }
    await expect(
      fetchChartToCache(`oci://${elsewhere.host}/x/web`, host, { plainHttp: true }),
    ).rejects.toThrow(
      `invalid next link "http://127.0.0.1:1/v2/x/tags/list": not the same origin as "http://${elsewhere.host}/v2/x/web/tags/list"`,
    );
  });
});

describe('dependencies', () => {
  test('are locked, rebuilt from the lock, and prepared without touching the chart', async () => {
    const server = await repository();
    await addRepository(repositoryEntry({ name: 'r', url: `${server.url}/charts` }), host);
    createChart('app', host);
    createChart('near', host);
    const chartYaml = join(folder, 'app', 'Chart.yaml');
    const declared = `${readFileSync(chartYaml, 'utf8')}dependencies:
- {name: web, version: ^1, repository: "@r"}
- {name: near, version: "*", repository: file://../near}
`;
    writeFileSync(chartYaml, declared);
    const prepared = await preparePrivateChart('app', host, {
      folder: join(folder, 'private'),
      dependencies: 'build',
      skipRefresh: true,
    });
    expect(readdirSync(join(prepared, 'charts'))).toEqual(['near-0.1.0.tgz', 'web-1.0.0.tgz']);
    expect(readdirSync(join(folder, 'app'))).not.toContain('Chart.lock');
    await updateDependencies('app', host, { skipRefresh: true });
    const lock = readFileSync(join(folder, 'app', 'Chart.lock'), 'utf8');
    expect(lock).toMatch(/^dependencies:\n- name: web\n {2}repository: http.*\n {2}version: 1\.0\.0\n/);
    rmSync(join(folder, 'app', 'charts'), { recursive: true });
    await buildDependencies('app', host, { skipRefresh: true });
    expect(readdirSync(join(folder, 'app', 'charts'))).toEqual(['near-0.1.0.tgz', 'web-1.0.0.tgz']);
    writeFileSync(chartYaml, declared.replace('^1', '~1'));
    await expect(buildDependencies('app', host, { skipRefresh: true })).rejects.toThrow(
      'the lock file (Chart.lock) is out of sync with the dependencies file (Chart.yaml)',
    );
  });
});
