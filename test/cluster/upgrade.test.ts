import { install, rollback, uninstall, upgrade } from '@flotilla/helm';
import { describe, expect, test } from 'vitest';
import { besideHelm, type Compat, compats, pairOf, wait } from './beside-helm.ts';
import { type ChartFolder, chartFolder } from './chart-folder.ts';
import { valuesOf } from './our-helm.ts';

/** Upgrades and rollbacks beside the real Helm: every step leaves equal objects, field owners and records. */

interface Step {
  readonly change: Readonly<Record<string, string>>;
  readonly set?: Readonly<Record<string, string>>;
  readonly flags?: readonly string[];
  readonly options?: Readonly<Record<string, unknown>>;
  /** What Helm says when the step fails. */
  readonly fails?: boolean;
  readonly rollbackTo?: number;
}

const deployment = (extra: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
${extra}`;

const configMap = (name: string, data: string, annotations = '{}'): string => `apiVersion: v1
kind: ConfigMap
metadata: {name: ${name}, annotations: ${annotations}}
data: ${data}
`;

const service = (ports: string, extra = ''): string => `apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
  ports: ${ports}
${extra}`;

const stories: Readonly<Record<string, readonly Step[]>> = {
  'fields added, changed and removed': [
    { change: { 'templates/a.yaml': configMap('a', '{x: "1", y: "2"}') } },
    { change: { 'templates/a.yaml': configMap('a', '{x: "3", z: "4"}') } },
    { change: { 'templates/a.yaml': configMap('a', '{}') } },
  ],
  'objects added, removed, renamed, kept': [
    {
      change: {
        'templates/a.yaml': configMap('a', '{x: "1"}'),
        'templates/b.yaml': configMap('b', '{x: "1"}', '{helm.sh/resource-policy: keep}'),
      },
    },
    { change: { 'templates/a.yaml': configMap('c', '{x: "1"}'), 'templates/b.yaml': '' } },
    { change: { 'templates/b.yaml': configMap('b', '{y: "2"}') } },
  ],
  'list items by key': [
    {
      change: {
        'templates/a.yaml': deployment(
          '      - {name: a, image: a:1, env: [{name: A, value: "1"}, {name: B, value: "2"}], ports: [{containerPort: 80}]}\n      - {name: b, image: b:1}\n',
        ),
        'templates/s.yaml': service('[{name: http, port: 80}, {name: https, port: 443}]'),
      },
    },
    {
      change: {
        'templates/a.yaml': deployment(
          '      - {name: b, image: b:2}\n      - {name: a, image: a:1, env: [{name: B, value: "3"}, {name: C, value: "4"}], ports: [{containerPort: 81}]}\n',
        ),
        'templates/s.yaml': service('[{name: https, port: 8443}, {name: metrics, port: 9090}]'),
      },
    },
    {
      change: {
        'templates/a.yaml': deployment('      - {name: a, image: a:1}\n'),
        'templates/s.yaml': service('[{name: https, port: 8443}]', '  type: NodePort\n'),
      },
    },
  ],
  'unions: a strategy replaced': [
    {
      change: {
        'templates/a.yaml': deployment('      - {name: a, image: a:1}\n').replace(
          'spec:\n  selector',
          'spec:\n  strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 3}}\n  selector',
        ),
      },
    },
    {
      change: {
        'templates/a.yaml': deployment('      - {name: a, image: a:1}\n').replace(
          'spec:\n  selector',
          'spec:\n  strategy: {type: Recreate}\n  selector',
        ),
      },
    },
  ],
  'null values': [
    { change: { 'templates/a.yaml': configMap('a', '{x: "1", y: null}') }, set: { replicas: '2' } },
    { change: { 'templates/a.yaml': configMap('a', '{x: null, y: "{{ .Values.replicas }}"}') } },
  ],
  'immutable fields fail and are recorded': [
    { change: { 'templates/a.yaml': `${configMap('a', '{x: "1"}')}immutable: true\n` } },
    { change: { 'templates/a.yaml': `${configMap('a', '{x: "2"}')}immutable: true\n` }, fails: true },
    { change: { 'templates/a.yaml': configMap('b', '{x: "2"}') } },
  ],
  'values reused, reset and overlaid': [
    {
      change: { 'templates/a.yaml': configMap('a', '{v: "{{ .Values.level }}{{ .Values.replicas }}"}') },
      set: { level: 'debug' },
    },
    { change: {} },
    { change: {}, set: { replicas: '5' }, flags: ['--reuse-values'], options: { reuseValues: true } },
    {
      change: {},
      set: { replicas: '6' },
      flags: ['--reset-then-reuse-values'],
      options: { resetThenReuseValues: true },
    },
    { change: {}, flags: ['--reset-values'], options: { resetValues: true } },
  ],
  'labels and descriptions': [
    {
      change: { 'templates/a.yaml': configMap('a', '{x: "1"}') },
      flags: ['--labels', 'a=1,b=2'],
      options: { labels: { a: '1', b: '2' } },
    },
    {
      change: {},
      flags: ['--labels', 'a=null,c=3', '--description', 'next'],
      options: { labels: { a: 'null', c: '3' }, description: 'next' },
    },
  ],
  rollbacks: [
    {
      change: {
        'templates/a.yaml': configMap('a', '{x: "1"}'),
        'templates/b.yaml': configMap('b', '{y: "1"}'),
      },
    },
    { change: { 'templates/a.yaml': configMap('a', '{x: "2", z: "1"}'), 'templates/b.yaml': '' } },
    { change: {}, rollbackTo: 1 },
    { change: {}, rollbackTo: 0 },
  ],
  'history is pruned': [
    { change: { 'templates/a.yaml': configMap('a', '{x: "1"}') } },
    { change: {}, flags: ['--history-max', '2'], options: { historyMax: 2 } },
    { change: {}, flags: ['--history-max', '2'], options: { historyMax: 2 } },
    { change: {}, flags: ['--history-max', '2'], options: { historyMax: 2 } },
  ],
};

interface Turn {
  readonly compat: Compat;
  readonly namespace: string;
  readonly chart: ChartFolder;
  readonly step: Step;
  readonly revision: number;
}

type Party = 'theirs' | 'ours';

besideHelm('test/cluster/upgrade.test.ts', 'upgrade', (scene) => {
  let count = 0;

  async function theirStep({ compat, namespace, chart, step, revision }: Turn): Promise<string> {
    const place = ['-n', namespace];
    const sets = Object.entries(step.set ?? {}).flatMap(([key, value]) => [
      '--set-string',
      `${key}=${value}`,
    ]);
    const args =
      step.rollbackTo !== undefined
        ? ['rollback', 'web', String(step.rollbackTo)]
        : revision === 1
          ? ['install', 'web', chart.path, '--create-namespace', ...sets, ...(step.flags ?? [])]
          : ['upgrade', 'web', chart.path, ...sets, ...(step.flags ?? [])];
    const result = await scene.helm(compat, [...args, ...place]);
    return result.exitCode === 0 ? '' : result.stderr;
  }

  async function ourStep({ compat, namespace, chart, step, revision }: Turn): Promise<string> {
    const { ours } = scene;
    const context = ours.context(namespace, { compat });
    const request = {
      name: 'web',
      chart: ours.chart(chart.path, context),
      values: valuesOf(step.set ?? {}),
      ...wait,
      ...step.options,
    };
    try {
      if (step.rollbackTo !== undefined)
        await rollback(context, { name: 'web', revision: step.rollbackTo, ...wait });
      else if (revision === 1) await install(context, { ...request, createNamespace: true });
      else await upgrade(context, request);
      return '';
    } catch (error) {
      return (error as Error).message;
    }
  }

  async function play(
    compat: Compat,
    title: string,
    cast: (revision: number) => readonly [Party, Party],
  ): Promise<void> {
    using chart = chartFolder({});
    count += 1;
    const pair = pairOf(`upgrade-${count}`);
    for (const [index, step] of (stories[title] ?? []).entries()) {
      chart.write(step.change);
      const parties = cast(index + 1);
      const answers: string[] = [];
      for (const [side, namespace] of [pair.left, pair.right].entries()) {
        const act = parties[side] === 'theirs' ? theirStep : ourStep;
        answers.push(
          (await act({ compat, namespace, chart, step, revision: index + 1 })).replaceAll(
            namespace,
            'NAMESPACE',
          ),
        );
      }
      const [expected = '', answer = ''] = answers;
      expect(answer !== '', answer).toBe(step.fails === true);
      expect(expected !== '', expected).toBe(step.fails === true);
      if (parties[0] === 'theirs' && parties[1] === 'ours') expect(expected).toContain(answer);
      await scene.expectSameState(pair);
      await scene.expectSameRecords(pair);
    }
    for (const namespace of [pair.left, pair.right])
      await uninstall(scene.ours.context(namespace, { compat }), { name: 'web', ...wait });
  }

  describe.each(compats)('as Helm %s', (compat) => {
    test.each(Object.keys(stories))('%s', (title) => play(compat, title, () => ['theirs', 'ours']));

    test.each(Object.keys(stories))('%s, installed by the other', (title) =>
      play(compat, title, (revision) => (revision % 2 === 1 ? ['theirs', 'theirs'] : ['theirs', 'ours'])),
    );
  });
});
