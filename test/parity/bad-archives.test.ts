import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bins, chart, TempProject } from '../support/built-cli.ts';
import { startChartServer, type TestServer } from '../support/chart-server.ts';
import { reference } from '../support/references.ts';
import { type ProgramResult, runProgram } from '../support/run-program.ts';

/** Archives and repositories that are broken or hostile, before Helm 4 and ours: the same words, the same exit code, nothing written. */

const helm = reference('helm4');
const chartYaml = 'apiVersion: v2\nname: web\nversion: 1.0.0\n';

interface Member {
  readonly name: string;
  readonly content?: string;
  /** A tar type flag; a file when left out. */
  readonly type?: string;
  readonly link?: string;
}

function tar(members: readonly Member[]): Buffer {
  return Buffer.concat([...members.flatMap(blocks), Buffer.alloc(1024)]);
}

function blocks({ name, content = '', type = '0', link = '' }: Member): readonly Buffer[] {
  const body = Buffer.from(content);
  const head = Buffer.alloc(512);
  const size = body.length.toString(8).padStart(11, '0');
  for (const [at, text] of [
    [0, name],
    [100, '0000644'],
    [108, '0000000'],
    [116, '0000000'],
    [124, size],
    [136, '14524455400'],
    [148, '        '],
    [156, type],
    [157, link],
    [257, 'ustar\u000000'],
  ] as const) {
    head.write(text, at);
  }
  const sum = head.reduce((total, byte) => total + byte, 0);
  head.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return [head, body, Buffer.alloc((512 - (body.length % 512)) % 512)];
}

const good: readonly Member[] = [{ name: 'web/Chart.yaml', content: chartYaml }];
const map = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n';

const archives: Readonly<Record<string, Uint8Array>> = {
  'a path above': gzipSync(tar([...good, { name: 'web/../../outside', content: 'x' }])),
  'an absolute path': gzipSync(tar([...good, { name: '/etc/outside', content: 'x' }])),
  'a drive': gzipSync(tar([...good, { name: 'web/c:\\outside', content: 'x' }])),
  'a symbolic link': gzipSync(
    tar([...good, { name: 'web/templates/link.yaml', type: '2', link: '/etc/passwd' }]),
  ),
  'a hard link': gzipSync(
    tar([...good, { name: 'web/templates/link.yaml', type: '1', link: '/etc/passwd' }]),
  ),
  'a device': gzipSync(tar([...good, { name: 'web/templates/zero.yaml', type: '3' }])),
  'a cut gzip': gzipSync(tar([...good, { name: 'web/templates/a.yaml', content: map }])).subarray(0, 60),
  'a cut tar': gzipSync(tar([...good, { name: 'web/templates/a.yaml', content: map }]).subarray(0, 1600)),
  'no chart': gzipSync(tar([{ name: 'web/readme.md', content: 'hello' }])),
  'nothing at all': gzipSync(tar([])),
  'no gzip': tar(good),
  'an empty file': Buffer.alloc(0),
  'a bomb of one file': gzipSync(tar([...good, { name: 'web/big', content: '\0'.repeat(110 << 20) }])),
  'a bomb of many files': gzipSync(
    tar([
      ...good,
      ...Array.from({ length: 30 }, (_, index) => ({ name: `web/${index}`, content: '\0'.repeat(4 << 20) })),
    ]),
  ),
};

const indexes: Readonly<Record<string, string>> = {
  'no YAML': 'entries: [1\n',
  'a page of HTML': '<html><body>log in</body></html>\n',
  'an empty file': '',
  'no apiVersion': 'entries: {}\n',
  'a list of entries': 'apiVersion: v1\nentries: []\n',
  'a version that is none':
    'apiVersion: v1\nentries:\n  web:\n  - {apiVersion: v2, name: web, version: one}\n',
  'no urls': 'apiVersion: v1\nentries:\n  web:\n  - {apiVersion: v2, name: web, version: 1.0.0}\n',
  'an entry that is null': 'apiVersion: v1\nentries:\n  web:\n  - null\n',
};

const statuses = [401, 403, 404, 429, 500] as const;

let project: TempProject;
let server: TestServer;

beforeAll(async () => {
  if (helm === undefined) return;
  project = new TempProject({
    ...chart('web'),
    ...Object.fromEntries(Object.entries(archives).map(([name, bytes]) => [archiveName(name), bytes])),
  });
  server = await startChartServer({
    files: Object.fromEntries(
      Object.entries(indexes).map(([name, text]) => [`/${encodeURIComponent(name)}/index.yaml`, text]),
    ),
    failures: Object.fromEntries(
      statuses.map((status) => [`/${status}/index.yaml`, Array<number>(20).fill(status)]),
    ),
  });
});

afterAll(async () => {
  if (helm === undefined) return;
  await server.close();
  project[Symbol.dispose]();
});

function archiveName(name: string): string {
  return `${name.replaceAll(' ', '-')}.tgz`;
}

async function answer(side: 'theirs' | 'ours', args: readonly string[]): Promise<ProgramResult> {
  const home = join(project.directory, `.${side}`);
  const env = {
    PATH: process.env['PATH'] ?? '',
    HELM_CACHE_HOME: `${home}/cache`,
    HELM_CONFIG_HOME: `${home}/config`,
    HELM_DATA_HOME: `${home}/data`,
  };
  const ours = [join(bins, 'flotilla'), 'helm', ...args];
  const result =
    side === 'theirs'
      ? await runProgram(helm ?? '', args, { cwd: project.directory, env, timeout: 60_000 })
      : await runProgram(process.execPath, ours, { cwd: project.directory, env, timeout: 60_000 });
  const plain = (text: string): string =>
    text
      .replaceAll(project.directory, 'DIR')
      .replaceAll(server.url, 'URL')
      .replace(/^time=\S+ /gm, '');
  return { ...result, stdout: plain(result.stdout), stderr: plain(result.stderr) };
}

async function same(...args: readonly string[]): Promise<ProgramResult> {
  const [theirs, ours] = await Promise.all([answer('theirs', args), answer('ours', args)]);
  expect(ours).toEqual(theirs);
  return ours;
}

describe.runIf(helm !== undefined)('an archive with', () => {
  test.each(Object.keys(archives))('%s', async (name) => {
    const { stderr, exitCode } = await same('template', 'web', archiveName(name));
    expect(`${stderr.trimEnd()}\nexit ${exitCode}`).toMatchSnapshot();
  });
});

describe.runIf(helm !== undefined)('an index with', () => {
  test.each(Object.keys(indexes).map((name, number) => [name, number] as const))(
    '%s',
    async (name, number) => {
      const url = `${server.url}/${encodeURIComponent(name)}`;
      const { stderr, exitCode } = await same('repo', 'add', `r${number}`, url);
      expect(`${stderr.trimEnd()}\nexit ${exitCode}`).toMatchSnapshot();
    },
  );
});

describe.runIf(helm !== undefined)('a repository that answers', () => {
  test.each(statuses)('%i', async (status) => {
    const { stderr, exitCode } = await same('repo', 'add', 'r', `${server.url}/${status}`);
    expect(`${stderr.trimEnd()}\nexit ${exitCode}`).toMatchSnapshot();
  });
});
