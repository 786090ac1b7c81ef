import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chart, TempProject } from '../support/built-cli.ts';
import { reference } from '../support/references.ts';
import { type RegistryServer, startRegistryServer } from '../support/registry-server.ts';
import { type ProgramResult, runProgram } from '../support/run-program.ts';

/** Helm 4 and ours on a real registry server, each in a home of its own: the same lines in turn, the same answers. */

const helm = reference('helm4');
const isPossible = helm !== undefined && reference('registry') !== undefined;
/** `correct horse`. */
const team = 'team:$2a$10$fORTpinTkOXrblUPNBYa2.M3vMZUljBE0sbDKPZvjwF3XH.zxduo.';
const sides = ['theirs', 'ours'] as const;
type Side = (typeof sides)[number];

let project: TempProject;
let registry: RegistryServer;

beforeAll(async () => {
  if (!isPossible) return;
  project = new TempProject(chart('web'));
  for (const side of sides) {
    for (const pushed of sides) mkdirSync(join(project.directory, side, pushed), { recursive: true });
  }
  registry = await startRegistryServer(join(project.directory, 'registry'), team);
  for (const version of ['1.0.0', '1.1.0', '2.0.0-rc.1', '1.1.0+build.5']) {
    await runProgram(helm, ['package', 'web', '--version', version], environment('theirs'));
  }
});

afterAll(async () => {
  if (!isPossible) return;
  await registry[Symbol.asyncDispose]();
  project[Symbol.dispose]();
});

function environment(side: Side): { readonly cwd: string; readonly env: Record<string, string> } {
  const home = (part: string): string => join(project.directory, side, part);
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: home(''),
    HELM_CACHE_HOME: home('cache'),
    HELM_CONFIG_HOME: home('config'),
    HELM_DATA_HOME: home('data'),
    TZ: 'UTC',
  };
  return { cwd: project.directory, env };
}

/** One side's answer, its own name and the host out of it. */
async function answer(side: Side, line: string, input: string): Promise<ProgramResult> {
  const args = line.replaceAll('HOST', registry.host).replaceAll('SIDE', side).split(' ');
  const options = { ...environment(side), input };
  const result =
    side === 'theirs'
      ? await runProgram(helm ?? '', args, options)
      : await runProgram(process.execPath, [flotilla, 'helm', ...args], options);
  const plain = (text: string): string =>
    text.replaceAll(registry.host, 'HOST').replaceAll(/theirs|ours/g, 'SIDE');
  return { ...result, stdout: plain(result.stdout), stderr: plain(result.stderr) };
}

const flotilla = join(import.meta.dirname, '../../node_modules/.bin/flotilla');

async function same(line: string, input = ''): Promise<ProgramResult> {
  const theirs = await answer('theirs', line, input);
  const ours = await answer('ours', line, input);
  expect(ours, line).toEqual(theirs);
  return ours;
}

describe.runIf(isPossible)('on a real registry server', () => {
  test('without credentials nothing is taken or given', async () => {
    const push = await same('push web-1.0.0.tgz oci://HOST/SIDE --plain-http');
    const pull = await same('pull oci://HOST/SIDE/web --version 1.0.0 --plain-http');
    expect([push.exitCode, pull.exitCode]).toEqual([1, 1]);
  });

  test('a wrong password is refused, the right one is kept', async () => {
    const wrong = await same('registry login HOST -u team --password-stdin --plain-http', 'wrong');
    expect(wrong.exitCode).toBe(1);
    const right = await same('registry login HOST -u team --password-stdin --plain-http', 'correct horse');
    expect(right).toMatchObject({ exitCode: 0 });
  });

  test('charts are pushed with the same digests', async () => {
    for (const version of ['1.0.0', '1.1.0', '2.0.0-rc.1', '1.1.0+build.5']) {
      const pushed = await same(`push web-${version}.tgz oci://HOST/SIDE --plain-http`);
      expect(pushed).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Digest: sha256:') });
    }
  });

  test.each([
    '',
    ' --version ^1',
    ' --version 1.0.0',
    ' --version >=2.0.0-0',
    ' --version 1.1.0+build.5',
    ' --version 9',
  ])('of the tags,%j chooses the same', async (version) => {
    await same(`show chart oci://HOST/SIDE/web --plain-http${version}`);
    await same(`pull oci://HOST/SIDE/web --plain-http -d SIDE${version}`);
  });

  test('each reads what the other pushed', async () => {
    for (const pushed of sides) {
      const { exitCode } = await same(
        `pull oci://HOST/${pushed}/web --plain-http --version 1.1.0 -d SIDE/${pushed}`,
      );
      expect(exitCode).toBe(0);
    }
    await same('show all oci://HOST/ours/web --plain-http --version 1.0.0');
    await same('template w oci://HOST/theirs/web --plain-http --version 1.0.0');
  });

  test('what is not there is told the same way', async () => {
    const results = [
      await same('pull oci://HOST/SIDE/none --plain-http --version 1.0.0'),
      await same('pull oci://HOST/SIDE/none --plain-http'),
      await same('push nothing.tgz oci://HOST/SIDE --plain-http'),
    ];
    expect(results.map(({ exitCode }) => exitCode)).toEqual([1, 1, 1]);
  });

  test('who logs out is a stranger again', async () => {
    await same('registry logout HOST');
    expect(await same('show chart oci://HOST/SIDE/web --version 1.0.0 --plain-http')).toMatchObject({
      exitCode: 1,
    });
  });
});
