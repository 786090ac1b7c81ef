import { describe, expect, test } from 'vitest';
import { liveState } from '../cluster/live-state.ts';
import { ourPlane } from '../cluster/our-plane.ts';
import { hasReferences } from '../support/control-plane.ts';
import { type FaultProxy, type ProxiedRequest, pass, startFaultProxy } from '../support/fault-proxy.ts';
import { FaultyProject, historyByHelm, isFull } from './faulty-project.ts';

/**
 * kill -9 before and after each request of install, upgrade, rollback and uninstall. Whatever was reached: the records
 * tell the truth, the next plain run completes, and everything is then as if nothing had happened.
 */

interface Story {
  /** Runs that come before, then the one that is killed; the command, the chart, and how it ends if left alone. */
  readonly before: readonly Step[];
  readonly killed: Step;
  /** The value of every object in the end; none are left for ''. */
  readonly value: string;
}

interface Step {
  readonly command: 'sync' | 'destroy';
  readonly value: string;
  readonly isInvalid?: boolean;
  readonly code: number;
}

const first: Step = { command: 'sync', value: '1', code: 0 };
const stories: Readonly<Record<string, Story>> = {
  install: { before: [], killed: first, value: '1' },
  upgrade: { before: [first], killed: { command: 'sync', value: '2', code: 0 }, value: '2' },
  // An upgrade that the server refuses half way, and undoes.
  rollback: {
    before: [first],
    killed: { command: 'sync', value: '2', isInvalid: true, code: 1 },
    value: '1',
  },
  uninstall: { before: [first], killed: { command: 'destroy', value: '1', code: 0 }, value: '' },
};

interface KillPoint {
  /** The how manieth request of the run. */
  readonly index: number;
  readonly when: 'before' | 'after';
}

const name = 'web';

describe.skipIf(!hasReferences('test/faults/kill.test.ts', ['kube', 'kwok', 'helm4']))(
  'a run that is killed',
  () => {
    const plane = ourPlane();
    let count = 0;

    interface Stage extends AsyncDisposable {
      readonly namespace: string;
      readonly proxy: FaultProxy;
      readonly project: FaultyProject;
    }

    /** A project whose earlier runs are done. */
    async function stage({ before, killed }: Story): Promise<Stage> {
      const proxy = await startFaultProxy(plane.kubeconfig);
      count += 1;
      const namespace = `kill-${process.pid}-${count}`;
      const settings = 'atomic: true, timeout: 20';
      const project = new FaultyProject({ proxy, namespace, releases: [name], settings });
      for (const step of before) await play(project, step);
      project.write(killed);
      return {
        namespace,
        proxy,
        project,
        [Symbol.asyncDispose]: async () => {
          project[Symbol.dispose]();
          await proxy[Symbol.asyncDispose]();
        },
      };
    }

    async function play(project: FaultyProject, step: Step): Promise<void> {
      project.write(step);
      const { code, stderr } = await project.run(step.command);
      expect(code, stderr).toBe(step.code);
    }

    async function requestsOf(story: Story): Promise<readonly ProxiedRequest[]> {
      await using undisturbed = await stage(story);
      const from = undisturbed.proxy.requests.length;
      await play(undisturbed.project, story.killed);
      return undisturbed.proxy.requests.slice(from);
    }

    async function killAt({ project, proxy }: Stage, { command }: Step, point: KillPoint): Promise<void> {
      const running = project.start(command);
      const kill = async (): Promise<void> => {
        running.child.kill('SIGKILL');
        await running.result;
      };
      const from = proxy.requests.length;
      proxy.decide(async ({ index }) => {
        if (index - from !== point.index) return pass;
        if (point.when === 'after') return { kind: 'pass', answered: kill };
        await kill();
        return { kind: 'reset' };
      });
      await running.result;
      proxy.decide(() => pass);
    }

    async function valuesInCluster(namespace: string): Promise<Readonly<Record<string, unknown>>> {
      const state = (await liveState(plane.ours.cluster, namespace)) as Readonly<
        Record<string, { readonly data?: { readonly value?: string } }>
      >;
      return Object.fromEntries(Object.entries(state).map(([key, object]) => [key, object.data?.value]));
    }

    async function checkRecords(namespace: string): Promise<void> {
      const history = await historyByHelm(plane.kubeconfig, { namespace, name });
      const last = history.at(-1) ?? '';
      if (!last.endsWith(' deployed')) return;
      const context = plane.ours.context(namespace);
      const { manifest } = await context.storage.get(name, Number.parseInt(last, 10), context);
      const value = /value: '(\d)'/.exec(manifest)?.[1];
      expect(await valuesInCluster(namespace)).toMatchObject({
        'ConfigMap/web-a': value,
        'ConfigMap/web-b': value,
      });
    }

    async function killAndGoOn(story: Story, point: KillPoint): Promise<void> {
      await using staged = await stage(story);
      const { namespace, project } = staged;
      await killAt(staged, story.killed, point);
      await checkRecords(namespace);
      const again = await project.run(story.killed.command);
      const from = `${point.when} request ${point.index}`;
      expect(again.code, `${from}\n${again.stderr}`).toBe(story.killed.code);
      const history = await historyByHelm(plane.kubeconfig, { namespace, name });
      if (story.value === '') {
        expect(history, from).toEqual([]);
        expect(await valuesInCluster(namespace), from).toEqual({ 'ConfigMap/web-hook': '1' });
        return;
      }
      expect(
        history.filter((each) => each.endsWith('deployed')),
        from,
      ).toEqual([history.at(-1)]);
      expect(
        history.filter((each) => each.includes('pending')),
        from,
      ).toEqual([]);
      expect(await valuesInCluster(namespace), from).toMatchObject({
        'ConfigMap/web-a': story.value,
        'ConfigMap/web-b': story.value,
        'Service/web': undefined,
      });
      const leases = await plane.ours.cluster.list(
        {
          mapping: await plane.ours.cluster.mapping(
            'coordination.k8s.io/v1',
            'Lease',
            plane.ours.context('x'),
          ),
          namespace,
        },
        plane.ours.context('x'),
      );
      expect(leases, from).toEqual([]);
    }

    /** All of them, or every third write: before or after it in turn. */
    function pointsOf(requests: readonly ProxiedRequest[]): readonly KillPoint[] {
      const all = requests.map((request, index) => ({ request, index }));
      if (isFull) {
        return all.flatMap(({ index }) => [
          { index, when: 'before' } as const,
          { index, when: 'after' } as const,
        ]);
      }
      const writes = all.filter(({ request }) => request.method !== 'GET');
      const chosen = writes.filter((_, turn) => turn % 3 === 1);
      return chosen.map(({ index }, turn) => ({ index, when: turn % 2 === 0 ? 'after' : 'before' }));
    }

    test.each(Object.entries(stories))('in %s', async (_, story) => {
      const points = [...pointsOf(await requestsOf(story))];
      expect(points.length).toBeGreaterThan(3);
      const work = async (): Promise<void> => {
        for (let point = points.shift(); point !== undefined; point = points.shift()) {
          await killAndGoOn(story, point);
        }
      };
      await Promise.all([work(), work(), work()]);
    });
  },
);
