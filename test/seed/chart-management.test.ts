import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ChartRepository, serveCharts } from '../support/chart-repository.ts';
import { startChartServer, type TestServer } from '../support/chart-server.ts';
import { hasReferences } from '../support/control-plane.ts';
import { startOciRegistry, type TestRegistry } from '../support/oci-registry.ts';
import { chartsFolder, reference } from '../support/references.ts';
import { type ProgramResult, runProgram } from '../support/run-program.ts';

/**
 * The seed's chapter on charts, letter for letter, with `flotilla helm` by the name `helm`: versions, packages, repositories,
 * signatures and dependencies. Servers on the loopback interface stand in for the internet, through mirrors.
 */

const seedPage = join(import.meta.dirname, '../../../shared/seed.md');
const flotilla = join(import.meta.dirname, '../../packages/cli/bin/flotilla.cjs');
const canRun = hasReferences('test/seed/chart-management.test.ts', ['helm4']);

const chartYaml = `\
# Chart.yaml
apiVersion: v2
name: myapp
version: 1.2.3  # Chart version
appVersion: "2.5.1"  # Application version

# Version increments:
# MAJOR (1.0.0 → 2.0.0): Breaking changes
# MINOR (1.2.0 → 1.3.0): New features (backwards compatible)
# PATCH (1.2.3 → 1.2.4): Bug fixes
`;

const dependencies = `\
dependencies:
  - name: postgresql
    version: "~12.1.0"
    repository: https://charts.bitnami.com/bitnami
  - name: redis
    version: "^17.0.0"
    repository: https://charts.bitnami.com/bitnami
`;

let folder: string;
let charts: ChartRepository;
let registry: TestRegistry;
let servers: Record<'harbor' | 'museum' | 'artifactory' | 'pages', TestServer>;

const url = (server: TestServer, from: string): string => `${from}=${server.url}`;

/** Runs lines of the page in a folder of the project. */
async function shell(lines: string, place = '.'): Promise<string> {
  const { stdout, stderr, exitCode } = await runShell(lines, place);
  expect(exitCode, `${lines}\n${stderr}`).toBe(0);
  return stdout;
}

function runShell(lines: string, place: string): Promise<ProgramResult> {
  const mirrors = [
    url(servers.harbor, 'https://harbor.example.com'),
    url(servers.museum, 'http://chartmuseum.example.com'),
    url(servers.artifactory, 'https://artifactory.example.com'),
    url(servers.pages, 'https://mycompany.github.io'),
    ...Object.entries(charts.addresses).map(([from, to]) => `${from}=${to}`),
  ];
  return runProgram('sh', ['-ec', lines], {
    cwd: join(folder, place),
    env: {
      PATH: [join(folder, 'bin'), process.env['PATH']].join(delimiter),
      HOME: folder,
      HELM_KUBECONTEXT: 'sandbox',
      FLOTILLA_MIRRORS: mirrors.join(','),
    },
  });
}

/** The page has these lines, in this order, without others between them. */
function isInPage(lines: string): void {
  if (existsSync(seedPage)) expect(readFileSync(seedPage, 'utf8')).toContain(lines);
}

function written(path: string): string {
  return readFileSync(join(folder, path), 'utf8');
}

describe.skipIf(!canRun || chartsFolder === undefined)('chart management', () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'flotilla-charts-'));
    mkdirSync(join(folder, 'bin'));
    writeFileSync(join(folder, 'bin/helm'), `#!/bin/sh\nexec ${process.execPath} ${flotilla} helm "$@"\n`, {
      mode: 0o755,
    });
    mkdirSync(join(folder, 'myapp/templates'), { recursive: true });
    writeFileSync(join(folder, 'myapp/Chart.yaml'), chartYaml);
    writeFileSync(
      join(folder, 'myapp/templates/map.yaml'),
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}\n',
    );
    charts = await serveCharts();
    registry = await startOciRegistry({
      authentication: 'basic',
      username: 'admin',
      password: 'Harbor12345',
    });
    servers = {
      harbor: registry,
      museum: await startChartServer(),
      artifactory: await startChartServer({ username: 'user', password: 'password' }),
      pages: await startChartServer(),
    };
  });

  afterAll(async () => {
    await Promise.all(Object.values(servers ?? {}).map((server) => server.close()));
    await charts?.[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  });

  test('a version is raised, packed and indexed', async () => {
    isInPage(`\`\`\`yaml\n${chartYaml}\`\`\``);
    const [bump, pack, index] = [
      "sed -i 's/^version: .*/version: 1.2.4/' Chart.yaml",
      'helm package myapp/',
      'helm repo index . --url https://charts.example.com',
    ];
    isInPage(
      `# Update Chart.yaml version\n${bump}\n\n# Package chart\n${pack}\n# Creates: myapp-1.2.4.tgz\n\n# Update chart index\n${index}`,
    );
    await shell(bump, 'myapp');
    expect(await shell(pack)).toBe(
      `Successfully packaged chart and saved it to: ${folder}/myapp-1.2.4.tgz\n`,
    );
    await shell(index);
    expect(written('index.yaml')).toContain(
      '    urls:\n    - https://charts.example.com/myapp-1.2.4.tgz\n    version: 1.2.4\n',
    );
  });

  test('Harbor takes the chart as a registry', async () => {
    const push = 'helm push myapp-1.2.4.tgz oci://harbor.example.com/myproject';
    isInPage(`# Push chart to Harbor\n${push}\n`);
    await shell('echo Harbor12345 | helm registry login harbor.example.com -u admin --password-stdin');
    expect(await shell(push)).toContain('Pushed: harbor.example.com/myproject/myapp:1.2.4\n');
    await shell('helm pull oci://harbor.example.com/myproject/myapp --untar --untardir pulled');
    expect(written('pulled/myapp/Chart.yaml')).toContain('version: 1.2.4\n');
  });

  test('ChartMuseum takes it from cm-push, and gives it as a repository', async () => {
    const [add, push] = ['helm repo add myrepo http://chartmuseum.example.com', 'helm cm-push myapp/ myrepo'];
    isInPage(add);
    isInPage(push);
    servers.museum.files.set('/index.yaml', Buffer.from('apiVersion: v1\nentries: {}\n'));
    await shell(add);
    expect(await shell(push)).toBe('Pushing myapp-1.2.4.tgz to myrepo...\nDone.\n');
    publish(servers.museum, '/api/charts/myapp-1.2.4.tgz', 'charts/myapp-1.2.4.tgz');
    await shell('helm repo update');
    expect(await shell('helm install museum myrepo/myapp')).toContain('STATUS: deployed\n');
  });

  test('Artifactory takes it by PUT, and gives it to those who may have it', async () => {
    const add =
      'helm repo add artifactory https://artifactory.example.com/artifactory/helm-local \\\n  --username user \\\n  --password password';
    isInPage(add);
    servers.artifactory.files.set(
      '/artifactory/helm-local/index.yaml',
      Buffer.from('apiVersion: v1\nentries: {}\n'),
    );
    await shell(add);
    await shell('helm cm-push myapp-1.2.4.tgz artifactory');
    expect(servers.artifactory.files.get('/artifactory/helm-local/myapp-1.2.4.tgz')).toEqual(
      readFileSync(join(folder, 'myapp-1.2.4.tgz')),
    );
  });

  test('GitHub Pages is a folder with an index', async () => {
    const index = 'helm repo index . --url https://mycompany.github.io/helm-charts/';
    isInPage(`# Package charts\nhelm package ../myapp/\n\n# Create index\n${index}`);
    mkdirSync(join(folder, 'pages'));
    await shell(`helm package ../myapp/\n${index}`, 'pages');
    for (const name of readdirSync(join(folder, 'pages'))) {
      servers.pages.files.set(`/helm-charts/${name}`, readFileSync(join(folder, 'pages', name)));
    }
    const add = 'helm repo add mycompany https://mycompany.github.io/helm-charts/';
    isInPage(`# Add repo\n${add}`);
    await shell(add);
    expect(await shell('helm show chart mycompany/myapp')).toContain('version: 1.2.4\n');
    expect(await shell('helm install pages mycompany/myapp')).toContain('STATUS: deployed\n');
  });

  test('a chart is signed, verified and installed', async () => {
    const [sign, verify, install] = [
      "helm package myapp/ --sign --key 'Your Name' --keyring ~/.gnupg/secring.gpg",
      'helm verify myapp-1.2.4.tgz',
      'helm install myapp myapp-1.2.4.tgz --verify',
    ];
    isInPage(`# Package and sign chart\n${sign}\n`);
    isInPage(`# Verify signed chart\n${verify}\n\n# Install with verification\n${install}`);
    await shell(`\
gpg --batch --passphrase '' --quick-generate-key 'Your Name <you@example.com>' rsa2048 sign never
gpg --list-keys
gpg --batch --export-secret-keys > ~/.gnupg/secring.gpg
gpgconf --kill all`);
    await shell(sign);
    const verified = await shell(verify);
    expect(verified).toMatch(
      /^Signed by: Your Name <you@example.com>\nUsing Key With Fingerprint: [0-9A-F]{40}\nChart Hash Verified: sha256:[0-9a-f]{64}\n$/,
    );
    expect(await shell(`${reference('helm4')} verify myapp-1.2.4.tgz`)).toBe(verified);
    expect(await shell(install)).toContain('NAME: myapp\n');
    writeFileSync(join(folder, 'myapp-1.2.4.tgz'), readFileSync(join(folder, 'index.yaml')));
    expect((await runShell(install, '.')).stderr).toContain('sha256 sum does not match for myapp-1.2.4.tgz');
  });

  test('dependencies are resolved, fetched and locked', async () => {
    isInPage(`\`\`\`yaml\n# Chart.yaml\n${dependencies}\`\`\``);
    const [update, list, build] = ['update', 'list', 'build'].map(
      (command) => `helm dependency ${command} ./myapp`,
    );
    for (const line of [update, list, build]) isInPage(line ?? '');
    writeFileSync(join(folder, 'myapp/Chart.yaml'), `${chartYaml}${dependencies}`);
    await shell(update ?? '');
    const archives = ['postgresql-12.1.5.tgz', 'redis-17.3.7.tgz'];
    expect(readdirSync(join(folder, 'myapp/charts'))).toEqual(archives);
    const lock = written('myapp/Chart.lock');
    expect(lock.replace(/sha256:.*/, 'sha256:…').replace(/generated:.*/, '')).toBe(`\
dependencies:
- name: postgresql
  repository: https://charts.bitnami.com/bitnami
  version: 12.1.5
- name: redis
  repository: https://charts.bitnami.com/bitnami
  version: 17.3.7
digest: sha256:…

`);
    expect((await shell(list ?? '')).split('\n').map((line) => line.split('\t').at(-1)?.trim())).toEqual([
      'STATUS',
      'ok',
      'ok',
      '',
      '',
    ]);
    rmSync(join(folder, 'myapp/charts'), { recursive: true });
    await shell('helm repo add bitnami https://charts.bitnami.com/bitnami');
    await shell(build ?? '');
    expect(readdirSync(join(folder, 'myapp/charts'))).toEqual(archives);
    expect(written('myapp/Chart.lock')).toBe(lock);
  });

  test("the lock is Helm's, but for its time", async () => {
    const locks: string[] = [];
    for (const helm of ['helm', reference('helm4') ?? '']) {
      const place = `locked-${locks.length}`;
      const here = dependencies.replaceAll(
        'https://charts.bitnami.com/bitnami',
        charts.addresses['https://charts.bitnami.com/bitnami'] ?? '',
      );
      cpSync(join(folder, 'myapp/templates'), join(folder, place, 'templates'), { recursive: true });
      writeFileSync(join(folder, place, 'Chart.yaml'), `${chartYaml}${here}`);
      await shell(`HELM_CONFIG_HOME=$HOME/${place} ${helm} dependency update ./${place}`);
      locks.push(written(`${place}/Chart.lock`).replace(/generated: .*/, ''));
    }
    expect(locks[0]).toBe(locks[1]);
  });
});

/** What ChartMuseum does with an upload: it serves the archive and puts it into the index. */
function publish(server: TestServer, uploaded: string, served: string): void {
  server.files.set(`/${served}`, server.files.get(uploaded) ?? new Uint8Array());
  server.files.set(
    '/index.yaml',
    Buffer.from(written('index.yaml').replace('https://charts.example.com/myapp-1.2.4.tgz', served)),
  );
}
