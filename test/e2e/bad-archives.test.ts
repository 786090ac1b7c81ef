import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { TempProject } from '../support/built-cli.ts';

/** Chart archives that nobody should unpack: what is said of them, that nothing is written, and how long that takes. */

interface Entry {
  readonly name: string;
  readonly content?: string | Uint8Array;
  /** Of a symbolic link. */
  readonly target?: string;
}

const chartYaml: Entry = { name: 'web/Chart.yaml', content: 'apiVersion: v2\nname: web\nversion: 0.1.0\n' };

function tar(entries: readonly Entry[]): Buffer {
  return Buffer.concat([...entries.map(block), Buffer.alloc(1024)]);
}

function block({ name, content = '', target = '' }: Entry): Buffer {
  const bytes = Buffer.from(content);
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write('0000644\0', 100);
  header.write(`${bytes.length.toString(8).padStart(11, '0')}\0`, 124);
  header.write('00000000000\0', 136);
  header.write(`        ${target === '' ? '0' : '2'}${target}`, 148);
  header.write('ustar\u000000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([header, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)]);
}

async function told(archive: Uint8Array): Promise<string> {
  using project = new TempProject({
    'helmfile.yaml': 'releases:\n- name: web\n  chart: ./web.tgz\n',
    'web.tgz': archive,
  });
  const start = performance.now();
  const { stdout, stderr, code } = await project.run(['template']);
  expect(performance.now() - start).toBeLessThan(8000);
  expect(stdout).toBe('');
  return `${stderr.replaceAll(/ +\d \|[\s\S]*?\^+\n/g, '')}exit ${code}`;
}

const packed = (...entries: readonly Entry[]): Buffer => gzipSync(tar([chartYaml, ...entries]));

test('a path above the chart', async () => {
  expect(await told(packed({ name: 'web/../../evil', content: 'x' }))).toMatchInlineSnapshot(`
    "web: failed (0s)
    error executor/chart-invalid  helmfile.yaml:3:10
      web: unable to load chart archive: chart illegally references parent directory
    1 failed
    exit 1"
  `);
});

test('an absolute path', async () => {
  expect(await told(packed({ name: 'web//etc/evil', content: 'x' }))).toMatchInlineSnapshot(`
    "web: failed (0s)
    error executor/chart-invalid  helmfile.yaml:3:10
      web: unable to load chart archive: chart illegally contains absolute paths
    1 failed
    exit 1"
  `);
});

test('a path of Windows', async () => {
  expect(await told(packed({ name: 'web/c:/evil', content: 'x' }))).toMatchInlineSnapshot(`
    "web: failed (0s)
    error executor/chart-invalid  helmfile.yaml:3:10
      web: unable to load chart archive: chart contains illegally named files
    1 failed
    exit 1"
  `);
});

test('more than a chart may hold', async () => {
  const zeros = Buffer.alloc(30_000_000);
  const bomb = packed(...['a', 'b', 'c', 'd'].map((name) => ({ name: `web/${name}`, content: zeros })));
  expect(await told(bomb)).toMatchInlineSnapshot(`
    "web: failed (0s)
    error executor/chart-invalid  helmfile.yaml:3:10
      web: unable to load chart archive: decompressed chart is larger than the maximum size 104857600
    1 failed
    exit 1"
  `);
});

test('a file without end', async () => {
  expect(await told(packed({ name: 'web/a', content: Buffer.alloc(200_000_000) }))).toMatchInlineSnapshot(`
    "web: failed (0s)
    error executor/chart-invalid  helmfile.yaml:3:10
      web: unable to load chart archive: decompressed chart is larger than the maximum size 104857600
    1 failed
    exit 1"
  `);
});

test('files without number', async () => {
  const many = Buffer.alloc(450_000 * 512, block({ name: 'web/a' }));
  expect(await told(gzipSync(many, { level: 1 }))).toMatchInlineSnapshot(`
    "web: failed (0s)
    error executor/chart-invalid  helmfile.yaml:3:10
      web: unable to load chart archive: decompressed chart is larger than the maximum size 104857600
    1 failed
    exit 1"
  `);
});

test('an archive that breaks off', async () => {
  const whole = packed({
    name: 'web/a',
    content: Buffer.from(Array.from({ length: 9999 }, (_, i) => i % 251)),
  });
  expect(await told(whole.subarray(0, whole.length / 2))).toMatchInlineSnapshot(`
    "web: failed (0s)
    error executor/chart-invalid  helmfile.yaml:3:10
      web: unable to load chart archive: unexpected EOF
    1 failed
    exit 1"
  `);
});

test('no archive at all', async () => {
  expect(await told(Buffer.from('<html>sign in</html>'))).toMatchInlineSnapshot(`
    "web: failed (0s)
    error executor/chart-invalid  helmfile.yaml:3:10
      web: file '<DIR>/web.tgz' does not appear to be a gzipped archive; got 'text/html; charset=utf-8'
    1 failed
    exit 1"
  `);
});

test('no chart in it', async () => {
  expect(await told(gzipSync(tar([{ name: 'web/README.md', content: 'x' }])))).toMatchInlineSnapshot(`
    "web: failed (0s)
    error executor/chart-invalid  helmfile.yaml:3:10
      web: unable to detect chart version, no Chart.yaml found
    1 failed
    exit 1"
  `);
});

test('an empty archive', async () => {
  expect(await told(gzipSync(tar([])))).toMatchInlineSnapshot(`
    "web: failed (0s)
    error executor/chart-invalid  helmfile.yaml:3:10
      web: unable to load chart archive: no files in chart archive
    1 failed
    exit 1"
  `);
});
