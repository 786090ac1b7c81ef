import { describe, expect, test } from 'vitest';
import { ourPlane } from '../cluster/our-plane.ts';
import { hasReferences } from '../support/control-plane.ts';
import { type Decide, type Fate, type FaultProxy, pass, startFaultProxy } from '../support/fault-proxy.ts';
import { FaultyProject, historyByHelm, releaseState } from './faulty-project.ts';

/** One kind of trouble at a time, and none of it stops a run. */

const refuse = (status: number, reason: string, message?: string): Fate => ({
  kind: 'answer',
  status,
  reason,
  ...(message === undefined ? {} : { message }),
});
const modified =
  'Operation cannot be fulfilled on x: the object has been modified; please apply your changes';

async function restart(proxy: FaultProxy): Promise<void> {
  await proxy.close();
  await new Promise((done) => setTimeout(done, 4000));
  await proxy.listen();
}

describe.skipIf(!hasReferences('test/faults/server.test.ts', ['kube', 'kwok', 'helm4']))('a server', () => {
  const plane = ourPlane();
  let count = 0;

  /** Syncs a release twice, the second time with trouble; it is to come through. */
  async function upgradeWith(trouble: (proxy: FaultProxy) => Decide): Promise<void> {
    await using proxy = await startFaultProxy(plane.kubeconfig);
    count += 1;
    const namespace = `server-${process.pid}-${count}`;
    using project = new FaultyProject({ proxy, namespace, releases: ['web'], settings: 'wait: true' });
    expect((await project.run('sync')).code).toBe(0);
    project.write({ value: '2' });
    proxy.decide(trouble(proxy));
    const { code, stderr } = await project.run('sync');
    expect(code, stderr).toBe(0);
    expect(await releaseState(plane.ours.context(namespace), 'web')).toBe('2 deployed, 2');
    expect(await historyByHelm(plane.kubeconfig, { namespace, name: 'web' })).toEqual([
      '1 superseded',
      '2 deployed',
    ]);
  }

  /** The same fate for the first request of every method and path. */
  function onceEach(
    fate: Fate,
    matches: (request: Parameters<Decide>[0]) => boolean = () => true,
  ): () => Decide {
    return () => {
      const seen = new Set<string>();
      return (request) => {
        const key = `${request.method} ${request.path}${request.isWatch ? ' watch' : ''}`;
        if (!matches(request) || seen.has(key)) return pass;
        seen.add(key);
        return fate;
      };
    };
  }

  test.concurrent.each<[string, () => Decide]>([
    ['answers 429', onceEach(refuse(429, 'TooManyRequests'))],
    ['answers 500', onceEach(refuse(500, 'InternalError'))],
    ['loses every first answer', onceEach({ kind: 'lost' })],
    ['cuts every first answer', onceEach({ kind: 'cut' })],
    ['is slow', onceEach({ kind: 'slow', milliseconds: 300 })],
    ['drops watches', onceEach({ kind: 'reset' }, ({ isWatch }) => isWatch)],
    ['sees conflicts', onceEach(refuse(409, 'Conflict', modified), ({ method }) => method === 'PATCH')],
    ['forgets who we are', onceEach(refuse(401, 'Unauthorized'))],
  ])('that %s', async (_, trouble) => {
    await upgradeWith(trouble);
  });

  test('that goes away in the middle of a run and comes back', async () => {
    await upgradeWith((proxy) => {
      let writes = 0;
      return async ({ method }) => {
        if (method === 'GET') return pass;
        writes += 1;
        if (writes !== 5) return pass;
        void restart(proxy);
        return { kind: 'reset' };
      };
    });
  });

  test('with two runs of one release lets one of them work', async () => {
    await using proxy = await startFaultProxy(plane.kubeconfig);
    const namespace = `server-${process.pid}-two`;
    using project = new FaultyProject({ proxy, namespace, releases: ['web'] });
    expect((await project.run('sync')).code).toBe(0);
    project.write({ value: '2' });
    proxy.decide(({ method }) => (method === 'PATCH' ? { kind: 'slow', milliseconds: 700 } : pass));
    const results = await Promise.all([project.run('sync'), project.run('sync')]);
    const codes = new Set(results.map(({ code }) => code));
    expect(codes, results.map(({ stderr }) => stderr).join('\n')).toEqual(new Set([0, 1]));
    const refused = results.find(({ code }) => code === 1)?.stderr ?? '';
    expect(refused).toMatch(
      /another operation .* is in progress: process \d+ on .* \(since .*\) works on the release/,
    );
    expect(await releaseState(plane.ours.context(namespace), 'web')).toBe('2 deployed, 2');
  });
});
