import { ActionError, install, listReleases, releaseHistory, testRelease } from '@flotilla/helm';
import { describe, expect, test } from 'vitest';
import { besideHelm, compats, pairOf, wait } from './beside-helm.ts';
import { chartFolder } from './chart-folder.ts';
import { valuesOf } from './our-helm.ts';
import { plain, uninstallBoth, upgradeBoth } from './side-by-side.ts';

/** Hooks, waiting, undoing: what goes wrong goes wrong in the same way, with the same words and the same records. */

const hook = (
  kind: 'Pod' | 'Job',
  name: string,
  events: string,
  [more = '', annotations = '']: readonly string[] = [],
): string => {
  const pod = `{restartPolicy: Never, containers: [{name: main, image: a:1}]}`;
  const spec =
    kind === 'Pod'
      ? pod
      : `{backoffLimit: 0, template: {metadata: {annotations: {${annotations}}}, spec: ${pod}}}`;
  return `apiVersion: ${kind === 'Pod' ? 'v1' : 'batch/v1'}
kind: ${kind}
metadata: {name: ${name}, annotations: {helm.sh/hook: "${events}"${more}${kind === 'Pod' && annotations !== '' ? `, ${annotations}` : ''}}}
spec: ${spec}
---
`;
};

const configMap = (name: string, value: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: {x: "${value}"}\n---\n`;

const deployment = (name: string, annotations = '{}'): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec:
  replicas: 2
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}, annotations: ${annotations}}
    spec: {containers: [{name: main, image: a:1}]}
---
`;

interface Act {
  readonly change?: Readonly<Record<string, string>>;
  readonly flags?: readonly string[];
  readonly options?: Readonly<Record<string, unknown>>;
  readonly isUninstall?: boolean;
}

const fail = 'testbed/fail: "true"';
const never = '{testbed/never-ready: "true"}';
const watch = { flags: ['--wait', '--timeout', '8s'], options: { wait: 'watcher', timeout: 8000 } } as const;

const stories: Readonly<Record<string, readonly Act[]>> = {
  'hooks of all kinds, by weight, deleted by policy': [
    {
      change: {
        'templates/a.yaml':
          configMap('a', '1') +
          hook('Job', 'pre', 'pre-install,pre-upgrade', [', helm.sh/hook-weight: "5"']) +
          hook('Pod', 'first', 'pre-install', [
            ', helm.sh/hook-weight: "-5", helm.sh/hook-delete-policy: hook-succeeded',
          ]) +
          hook('Job', 'post', 'post-install,post-upgrade', [
            ', helm.sh/hook-delete-policy: "before-hook-creation,hook-succeeded"',
          ]) +
          hook('Pod', 'gone', 'pre-delete', [', helm.sh/hook-delete-policy: hook-succeeded']),
      },
    },
    { change: {} },
    { isUninstall: true },
  ],
  'a failing pre-install hook': [
    { change: { 'templates/a.yaml': configMap('a', '1') + hook('Job', 'pre', 'pre-install', ['', fail]) } },
  ],
  'a failing post-upgrade hook': [
    { change: { 'templates/a.yaml': configMap('a', '1') } },
    {
      change: {
        'templates/a.yaml':
          configMap('a', '2') +
          hook('Pod', 'post', 'post-upgrade', [', helm.sh/hook-delete-policy: hook-failed', fail]),
      },
    },
  ],
  'waiting until ready': [
    { change: { 'templates/a.yaml': deployment('web') + hook('Job', 'post', 'post-install') }, ...watch },
  ],
  'waiting in vain': [
    { change: { 'templates/a.yaml': deployment('web', never) + configMap('a', '1') }, ...watch },
  ],
  'an upgrade rolled back': [
    { change: { 'templates/a.yaml': deployment('web') } },
    {
      change: { 'templates/a.yaml': deployment('web', never) + configMap('new', '1') },
      flags: ['--rollback-on-failure', '--timeout', '8s'],
      options: { rollbackOnFailure: true, timeout: 8000 },
    },
  ],
  'an install undone': [
    {
      change: { 'templates/a.yaml': deployment('web', never) },
      flags: ['--rollback-on-failure', '--timeout', '6s'],
      options: { rollbackOnFailure: true, timeout: 6000 },
    },
  ],
  'an upgrade cleaned up': [
    { change: { 'templates/a.yaml': `${configMap('a', '1')}` } },
    {
      change: {
        'templates/a.yaml': `${configMap('new', '1')}apiVersion: v1\nkind: Service\nmetadata: {name: bad}\nspec: {ports: [{port: 99999}]}\n`,
      },
      flags: ['--cleanup-on-fail'],
      options: { cleanupOnFail: true },
    },
    { change: { 'templates/a.yaml': configMap('a', '3') } },
  ],
  'an unknown field and an unknown kind': [
    { change: { 'templates/a.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndatum: {}\n` } },
    { change: { 'templates/a.yaml': `apiVersion: x.y/v1\nkind: Nope\nmetadata: {name: a}\n` } },
  ],
  'uninstalling what is kept': [
    {
      change: {
        'templates/a.yaml':
          configMap('a', '1') +
          configMap('b', '1').replace('{name: b}', '{name: b, annotations: {helm.sh/resource-policy: keep}}'),
      },
    },
    { isUninstall: true },
  ],
  'a history kept and a name used again': [
    { change: { 'templates/a.yaml': configMap('a', '1') } },
    { isUninstall: true, flags: ['--keep-history'], options: { keepHistory: true } },
    { change: { 'templates/a.yaml': configMap('a', '2') } },
  ],
};

besideHelm('test/cluster/failing.test.ts', 'a release beside Helm’s', (scene) => {
  let count = 0;

  describe.each(compats)('as Helm %s', (compat) => {
    test.each(Object.keys(stories))('%s', async (title) => {
      using chart = chartFolder({});
      count += 1;
      const pair = pairOf(`fail-${count}`);
      for (const act of stories[title] ?? []) {
        chart.write(act.change ?? {});
        const { flags = [], options = {} } = act;
        const turn = { compat, pair, flags, options };
        const answers = await (act.isUninstall === true
          ? uninstallBoth(scene, turn)
          : upgradeBoth(scene, { ...turn, chart }));
        expect(answers.ours).toBe(answers.theirs);
        await scene.expectSameState(pair, [['v1', 'Pod']]);
        await scene.expectSameRecords(pair);
      }
    });
  });

  test('tests run, are filtered, and leave their runs and logs', async () => {
    using chart = chartFolder({
      'templates/a.yaml':
        hook('Pod', 'good', 'test') +
        hook('Pod', 'bad', 'test', [', helm.sh/hook-weight: "5"', fail]) +
        configMap('a', '1'),
    });
    const pair = pairOf('test');
    const { left, right } = pair;
    await scene.installWeb('v4', chart, [left, right]);
    for (const exclude of [['bad'], []]) {
      const flags = exclude.flatMap((name) => ['--filter', `!name=${name}`]);
      const args = ['test', 'web', '--logs', '--timeout', '20s', '-n', left, ...flags];
      const reference = await scene.helm('v4', args);
      const result = await testRelease(scene.ours.context(right), {
        name: 'web',
        timeout: 20_000,
        exclude,
        readsLogs: true,
      });
      expect(result.failure === undefined).toBe(reference.exitCode === 0);
      expect(reference.stdout.endsWith(result.logs)).toBe(true);
      expect(result.logs).toContain('POD LOGS: good (main)\n');
      if (result.failure !== undefined)
        expect(plain(reference.stderr, left)).toContain(plain(result.failure.message, right));
      await scene.expectSameRecords(pair);
    }
  });

  test('lists and histories are those Helm shows', async () => {
    const namespace = `list-${process.pid}`;
    using chart = chartFolder({ 'templates/a.yaml': configMap('{{ .Release.Name }}', '1') });
    const context = scene.ours.context(namespace);
    for (const name of ['b', 'a']) {
      await install(context, {
        name,
        chart: scene.ours.chart(chart.path, context),
        values: valuesOf({}),
        createNamespace: true,
        ...wait,
      });
    }
    const shown = async (...args: readonly string[]): Promise<unknown> =>
      JSON.parse((await scene.helm('v4', [...args, '-o', 'json', '-n', namespace])).stdout);
    const list = await listReleases(context);
    expect(await shown('list')).toMatchObject(
      list.map(({ name, version, info }) => ({ name, revision: String(version), status: info.status })),
    );
    const history = await releaseHistory(context, 'a');
    expect(await shown('history', 'a')).toMatchObject(
      history.map(({ version, info }) => ({
        revision: version,
        status: info.status,
        description: info.description,
        updated: info.lastDeployed,
      })),
    );
  });

  test('an interrupted install is recorded as failed', async () => {
    const namespace = `stop-${process.pid}`;
    using chart = chartFolder({ 'templates/a.yaml': deployment('web', never) });
    const stop = new AbortController();
    const context = scene.ours.context(namespace, {
      signal: stop.signal,
      onProgress: () => stop.abort(new Error('stopped')),
    });
    const request = {
      name: 'web',
      chart: scene.ours.chart(chart.path, context),
      values: valuesOf({}),
      createNamespace: true,
      wait: 'watcher',
      timeout: 60_000,
    } as const;
    const error = await install(context, request).catch((failure: unknown) => failure);
    expect(error).toBeInstanceOf(ActionError);
    const [stored] = await releaseHistory(scene.ours.context(namespace), 'web');
    expect(stored?.info).toMatchObject({
      status: 'failed',
      description: 'Release "web" failed: context canceled',
    });
  });
});
