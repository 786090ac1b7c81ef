import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CallContext, HelmExecutor, HelmOptions, ReleaseRequest } from '@flotilla/core';
import { createNodeTemplateHost } from '@flotilla/core/node';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createNodeRegistryHost } from '../registry/node-registry-host.ts';
import { NativeCharts } from './native-charts.ts';
import { createNativeExecutor } from './native-executor.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'flotilla-native-'));
  writeChart('one');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function writeChart(data: string): void {
  mkdirSync(join(folder, 'web/templates'), { recursive: true });
  writeFileSync(join(folder, 'web/Chart.yaml'), 'apiVersion: v2\nname: web\nversion: 1.0.0\n');
  writeFileSync(
    join(folder, 'web/templates/map.yaml'),
    `apiVersion: v1\nkind: ConfigMap\ndata: { a: ${data} }\n`,
  );
}

const manifest = (line: string): string =>
  `---\n# Source: web/templates/map.yaml\napiVersion: v1\nkind: ConfigMap\n${line}\n`;

/** Says that it was asked. */
const helm = {
  template: async () => ({ text: 'from the helm binary\n' }),
  [Symbol.asyncDispose]: async () => undefined,
} as unknown as HelmExecutor;

function executor(): HelmExecutor {
  const environment = { HELM_CACHE_HOME: join(folder, 'cache'), HELM_CONFIG_HOME: join(folder, 'config') };
  const charts = new NativeCharts(
    (directory) =>
      createNodeRegistryHost({ environment, platform: 'linux', homeDirectory: folder, directory }),
    folder,
  );
  return createNativeExecutor({
    charts,
    host: createNodeTemplateHost({}),
    readText: () => '',
    fallback: helm,
    postRenderer:
      ({ name, args }) =>
      (manifests) => {
        if (name !== 'shout') throw new Error(`no ${name}`);
        return manifests.replace('one', args[0] ?? '');
      },
  });
}

function request(options: HelmOptions = {}, more: Partial<ReleaseRequest> = {}): ReleaseRequest {
  return {
    key: { name: 'x', namespace: '', kubeContext: '' },
    chart: { reference: './web', isLocal: true, declared: './web' },
    values: [],
    set: [],
    options,
    extraArgs: [],
    ...more,
  };
}

function call(run?: object): CallContext {
  const context = { signal: new AbortController().signal, emit: () => undefined, directory: folder };
  return run === undefined ? context : { ...context, run };
}

test('a post-renderer changes what was rendered', async () => {
  const asked = request({ postRenderer: 'shout', postRendererArgs: ['ONE'] });
  expect(await executor().template(asked, call())).toEqual({ text: manifest('data: {a: ONE}') });
});

test('an output directory is written to', async () => {
  const asked = request({ outputDirectory: 'out' });
  expect(await executor().template(asked, call())).toEqual({ text: 'wrote out/web/templates/map.yaml\n\n' });
  expect(readFileSync(join(folder, 'out/web/templates/map.yaml'), 'utf8')).toBe(
    `${manifest('data: { a: one }')}\n`,
  );
});

test('signatures are checked here, and a folder has none', async () => {
  const asked = request({ verify: true, keyring: 'pubring.gpg' });
  await expect(executor().template(asked, call())).rejects.toThrow('unpacked charts cannot be verified');
});

test.each<[string, Partial<ReleaseRequest>]>([
  ['flags nobody knows here', { extraArgs: ['--hide-secret'] }],
  ['a server that is not there', { options: { validate: true } }],
])('the helm binary serves %s, and no chart is fetched for it', async (_, more) => {
  const chart = { reference: 'nowhere/web', isLocal: false, declared: 'nowhere/web' };
  expect(await executor().template(request({}, { ...more, chart }), call())).toEqual({
    text: 'from the helm binary\n',
  });
});

test('a chart is read once in a run, and anew in the next one', async () => {
  const native = executor();
  const first = {};
  const render = async (run: object): Promise<string> => (await native.template(request(), call(run))).text;
  expect(await render(first)).toContain('one');
  writeChart('two');
  expect(await render(first)).toContain('one');
  expect(await render({})).toContain('two');
});

test('a chart that was not there is looked for again', async () => {
  const native = executor();
  const run = {};
  const asked = request(
    { verify: true, keyring: 'k' },
    {
      chart: { reference: './later', isLocal: true, declared: './later' },
    },
  );
  await expect(native.template(asked, call(run))).rejects.toThrow('path "./later" not found');
  mkdirSync(join(folder, 'later'));
  await expect(native.template(asked, call(run))).rejects.toThrow('unpacked charts cannot be verified');
});
