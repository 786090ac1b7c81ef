import { type JsonObject, rollback, uninstall, upgradeInstall } from '@flotilla/helm';
import { type Compat, type Pair, type Scene, wait } from './beside-helm.ts';
import type { ChartFolder } from './chart-folder.ts';
import { valuesOf } from './our-helm.ts';

/** The same step by the real Helm in one namespace of a pair and by us in the other, at the same time. */

export interface Turn {
  readonly compat: Compat;
  readonly pair: Pair;
  /** What the real Helm is told, in the words of version 4, and what we are. */
  readonly flags?: readonly string[];
  readonly options?: JsonObject;
}

/** What each said when it failed, or what an uninstallation left; empty otherwise. */
export interface Answers {
  readonly theirs: string;
  readonly ours: string;
}

export function upgradeBoth(scene: Scene, turn: Turn & { readonly chart: ChartFolder }): Promise<Answers> {
  const { chart, compat, options } = turn;
  return both(scene, turn, {
    args: ['upgrade', '--install', 'web', chart.path, '--create-namespace'],
    our: async (namespace) => {
      const context = scene.ours.context(namespace, { compat });
      await upgradeInstall(context, {
        name: 'web',
        chart: scene.ours.chart(chart.path, context),
        values: valuesOf({}),
        createNamespace: true,
        ...wait,
        ...options,
      });
      return '';
    },
  });
}

export function rollbackBoth(scene: Scene, turn: Turn & { readonly revision: number }): Promise<Answers> {
  const { compat, options, revision } = turn;
  return both(scene, turn, {
    args: ['rollback', 'web', String(revision)],
    our: async (namespace) => {
      await rollback(scene.ours.context(namespace, { compat }), {
        name: 'web',
        revision,
        ...wait,
        ...options,
      });
      return '';
    },
  });
}

export function uninstallBoth(scene: Scene, turn: Turn): Promise<Answers> {
  const { compat, options } = turn;
  return both(scene, turn, {
    args: ['uninstall', 'web'],
    our: async (namespace) => {
      const context = scene.ours.context(namespace, { compat });
      return (await uninstall(context, { name: 'web', ...wait, ...options })).info;
    },
  });
}

interface Step {
  readonly args: readonly string[];
  readonly our: (namespace: string) => Promise<string>;
}

async function both(scene: Scene, { compat, pair, flags = [] }: Turn, { args, our }: Step): Promise<Answers> {
  const words = flags.map((flag) =>
    compat === 'v3' && flag === '--rollback-on-failure' ? '--atomic' : flag,
  );
  const theirs = async (): Promise<string> => {
    const { stdout, stderr, exitCode } = await scene.helm(compat, [...args, ...words, '-n', pair.left]);
    if (exitCode !== 0) return plain(stderr, pair.left);
    return args[0] === 'uninstall' ? stdout.replace(/\n?release "web" uninstalled\n$/, '') : '';
  };
  const answer = our(pair.right).catch((error: unknown) => plain((error as Error).message, pair.right));
  const [left, right] = await Promise.all([theirs(), answer]);
  return { theirs: left, ours: right };
}

/** An error's text without what differs from run to run. */
export function plain(text: string, namespace: string): string {
  return text
    .replaceAll(namespace, 'NAMESPACE')
    .replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'UID')
    .replace(/^(?:Error: )?(?:INSTALLATION FAILED|UPGRADE FAILED): /m, '')
    .replaceAll(/^level=.*\n/gm, '')
    .replace(/^Error: /, '')
    .trim();
}
