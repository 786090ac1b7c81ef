import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect as connectTo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Cluster, openCluster } from '@flotilla/helm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type Reply,
  refused,
  type ScriptedRequest,
  type ScriptedServer,
  scriptedServer,
} from '../../support/scripted-server.ts';

/** The adapter against servers and networks that do not behave: what is repeated, what is not, and what callers see. */

const signal = new AbortController().signal;
const options = { signal };
const maps = { group: '', version: 'v1', kind: 'ConfigMap', resource: 'configmaps', isNamespaced: true };
const ref = { mapping: maps, namespace: 'default', name: 'a' };
const map = (value: string) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'a', namespace: 'default' },
  data: { value },
});
const found = (value: string): Reply => ({ body: map(value) });

let folder: string;
const open: AsyncDisposable[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'flotilla-kube-'));
});
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

type Script = (request: ScriptedRequest, count: number) => Reply | Promise<Reply>;

/** A server that follows a script, and our connection to it. */
async function connect(
  script: Script | readonly Reply[],
  { user = {}, cluster = {} }: { readonly user?: object; readonly cluster?: object } = {},
): Promise<{ readonly server: ScriptedServer; readonly cluster: Cluster }> {
  const follow: Script =
    typeof script === 'function' ? script : (_, count) => script[count - 1] ?? script.at(-1) ?? 'reset';
  const server = await scriptedServer(follow);
  open.push(server);
  const kubeconfig = join(folder, 'config');
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'c', cluster: { server: server.url, ...cluster } }],
    users: [{ name: 'u', user }],
    contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
    'current-context': 'x',
  };
  writeFileSync(kubeconfig, JSON.stringify(config));
  const connected = await openCluster({ settings: { kubeconfig, environment: {} } });
  open.push(connected);
  return { server, cluster: connected };
}

const verbs = ({ requests }: ScriptedServer): readonly string[] => requests.map(({ method }) => method);

describe('requests that fail in passing', () => {
  test.each<[string, Reply]>([
    ['overload', refused(429, 'TooManyRequests')],
    ['a server error', refused(500, 'InternalError')],
    ['an absent server', refused(503, 'ServiceUnavailable')],
    ['a lost connection', 'reset'],
    ['half an answer', 'half'],
  ])('are repeated after %s', async (_, trouble) => {
    const { server, cluster } = await connect([trouble, trouble, found('1')]);
    expect(await cluster.get(ref, options)).toEqual(map('1'));
    expect(verbs(server)).toEqual(['GET', 'GET', 'GET']);
  });

  test('are given up after five attempts, with the server’s words', async () => {
    const { server, cluster } = await connect([refused(500, 'InternalError', 'no luck')]);
    await expect(cluster.get(ref, options)).rejects.toThrow('no luck');
    expect(server.requests).toHaveLength(5);
  });

  test('are not repeated when the server will say the same again', async () => {
    const { server, cluster } = await connect([refused(403, 'Forbidden', 'not you')]);
    await expect(cluster.get(ref, options)).rejects.toThrow('not you');
    expect(server.requests).toHaveLength(1);
  });
});

describe('writes whose answer was lost', () => {
  const exists = refused(409, 'AlreadyExists', 'configmaps "a" already exists');

  test('have created what is there then, when it is what was sent', async () => {
    const { server, cluster } = await connect(['reset', exists, found('1')]);
    expect(await cluster.create(maps, map('1'), options)).toEqual(map('1'));
    expect(verbs(server)).toEqual(['POST', 'POST', 'GET']);
  });

  test('did not create what somebody else did', async () => {
    const { cluster } = await connect(['reset', exists, found('2')]);
    await expect(cluster.create(maps, map('1'), options)).rejects.toMatchObject({ reason: 'AlreadyExists' });
  });

  test('have created nothing when the first answer says that it exists', async () => {
    const { server, cluster } = await connect([exists]);
    await expect(cluster.create(maps, map('1'), options)).rejects.toMatchObject({ reason: 'AlreadyExists' });
    expect(verbs(server)).toEqual(['POST']);
  });

  test('are not repeated when the server chooses the name', async () => {
    const { server, cluster } = await connect(['reset', found('1')]);
    const object = { ...map('1'), metadata: { generateName: 'a-', namespace: 'default' } };
    await expect(cluster.create(maps, object, options)).rejects.toMatchObject({ reason: 'Unreachable' });
    expect(verbs(server)).toEqual(['POST']);
  });

  test('have deleted what is gone then', async () => {
    const gone = refused(404, 'NotFound');
    const { server, cluster } = await connect(['half', gone]);
    await cluster.delete(ref, options);
    expect(verbs(server)).toEqual(['DELETE', 'DELETE']);
    await expect(cluster.delete(ref, options)).rejects.toMatchObject({ reason: 'NotFound' });
  });
});

describe('credentials', () => {
  const unauthorized = refused(401, 'Unauthorized');
  const byToken =
    (token: string): Script =>
    ({ headers }) =>
      headers.authorization === `Bearer ${token}` ? found('1') : unauthorized;

  /** A plugin that gives another token at every call, good for an hour by its own account. */
  function plugin(): { readonly exec: object; readonly calls: () => number } {
    const count = join(folder, 'count');
    const script = join(folder, 'plugin');
    writeFileSync(
      script,
      `#!/bin/sh
echo x >> ${count}
echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"expirationTimestamp":"2999-01-01T00:00:00Z","token":"t'$(wc -l < ${count} | tr -d ' ')'"}}'
`,
    );
    chmodSync(script, 0o755);
    const exec = {
      apiVersion: 'client.authentication.k8s.io/v1',
      command: script,
      interactiveMode: 'Never',
    };
    return { exec, calls: () => readFileSync(count, 'utf8').split('\n').length - 1 };
  }

  test('are asked of a plugin once more when refused, however many requests were', async () => {
    const { exec, calls } = plugin();
    const { cluster } = await connect(byToken('t2'), { user: { exec } });
    const answers = await Promise.all(Array.from({ length: 12 }, () => cluster.get(ref, options)));
    expect(answers).toEqual(Array.from({ length: 12 }, () => map('1')));
    expect(calls()).toBe(2);
  });

  test('that stay refused are told in the words of Go’s client', async () => {
    const { server, cluster } = await connect(byToken('none'), { user: { token: 'wrong' } });
    await expect(cluster.get(ref, options)).rejects.toThrow(
      'the server has asked for the client to provide credentials',
    );
    expect(server.requests).toHaveLength(2);
  });

  test('are read from their file again when refused', async () => {
    const tokenFile = join(folder, 'token');
    writeFileSync(tokenFile, 'old\n');
    const script: Script = (request, count) => {
      if (count === 1) writeFileSync(tokenFile, 'new\n');
      return byToken('new')(request, count);
    };
    const { cluster } = await connect(script, { user: { tokenFile } });
    expect(await cluster.get(ref, options)).toEqual(map('1'));
  });

  test('are renewed for watches too', async () => {
    const { exec } = plugin();
    const script: Script = (request) => {
      if (request.headers.authorization === 'Bearer t1' && request.path.includes('watch='))
        return unauthorized;
      if (!request.path.includes('watch='))
        return { body: { metadata: { resourceVersion: '1' }, items: [] } };
      return { lines: [{ type: 'ADDED', object: map('1') }], isOpen: true };
    };
    const { cluster } = await connect(script, { user: { exec } });
    expect(await watched(cluster, 2)).toEqual(['synced', 'changed a']);
  });

  test('of another user are asked for as the kubeconfig says', async () => {
    const user = { token: 't', as: 'jane', 'as-groups': ['dev', 'ops'], 'as-uid': '7' };
    const { server, cluster } = await connect([found('1')], { user });
    await cluster.get(ref, options);
    expect(server.requests[0]?.headers).toMatchObject({
      authorization: 'Bearer t',
      'impersonate-user': 'jane',
      'impersonate-group': 'dev, ops',
      'impersonate-uid': '7',
    });
  });
});

/** The first events of a watch. */
async function watched(cluster: Cluster, count: number): Promise<readonly string[]> {
  const told: string[] = [];
  for await (const event of cluster.watch({ mapping: maps, namespace: 'default' }, options)) {
    const { name } = (event.type === 'synced' ? {} : event.object['metadata']) as { readonly name?: string };
    told.push(name === undefined ? event.type : `${event.type} ${name}`);
    if (told.length === count) break;
  }
  return told;
}

describe('watches', () => {
  const list = (version: string, ...names: readonly string[]): Reply => ({
    body: {
      metadata: { resourceVersion: version },
      items: names.map((name) => ({ metadata: { name, namespace: 'default' } })),
    },
  });
  const event = (type: string, name: string, resourceVersion: string) => ({
    type,
    object: { metadata: { name, namespace: 'default', resourceVersion } },
  });

  test('go on where they were when they are dropped', async () => {
    const { server, cluster } = await connect([
      list('1', 'a'),
      { lines: [event('ADDED', 'b', '5')] },
      'reset',
      { lines: [event('DELETED', 'a', '6')], isOpen: true },
    ]);
    expect(await watched(cluster, 4)).toEqual(['changed a', 'synced', 'changed b', 'deleted a']);
    const versions = server.requests.map(({ path }) => /resourceVersion=(\d+)/.exec(path)?.[1]);
    expect(versions).toEqual([undefined, '1', '5', '5']);
  });

  test.each<[string, Reply]>([
    ['an answer', refused(410, 'Expired')],
    ['an event', { lines: [{ type: 'ERROR', object: { kind: 'Status', code: 410, reason: 'Expired' } }] }],
  ])(
    'start over when %s says that their version is forgotten, and tell what vanished',
    async (_, expired) => {
      const { cluster } = await connect([
        list('1', 'a', 'b'),
        expired,
        list('9', 'b', 'c'),
        { lines: [], isOpen: true },
      ]);
      expect(await watched(cluster, 6)).toEqual([
        'changed a',
        'changed b',
        'synced',
        'changed b',
        'changed c',
        'deleted a',
      ]);
    },
  );
});

describe('what all callers share', () => {
  test('does not end with the one who asked first', async () => {
    const script: Script = async () => {
      await new Promise((done) => setTimeout(done, 50));
      return { body: { items: [] } };
    };
    const { server, cluster } = await connect(script);
    const stop = new AbortController();
    const first = cluster.apiVersions({ signal: stop.signal });
    const second = cluster.apiVersions(options);
    stop.abort(new Error('enough'));
    await expect(first).rejects.toThrow('enough');
    expect(await second).toEqual([]);
    expect(server.requests.map(({ path }) => path)).toEqual(['/api', '/apis']);
  });
});

describe('proxies', () => {
  test('of the kubeconfig are used', async () => {
    const tunnels: string[] = [];
    const proxy = createServer().on('connect', ({ url = '' }, socket) => {
      tunnels.push(url);
      const [host, port] = url.split(':');
      const upstream = connectTo(Number(port), host, () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        upstream.pipe(socket).pipe(upstream);
      });
    });
    await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done));
    const { port } = proxy.address() as AddressInfo;
    const { server, cluster } = await connect([found('1')], {
      cluster: { 'proxy-url': `http://127.0.0.1:${port}` },
    });
    expect(await cluster.get(ref, options)).toEqual(map('1'));
    expect(tunnels).toEqual([server.url.replace('http://', '')]);
    await cluster[Symbol.asyncDispose]();
    await new Promise((done) => proxy.close(done));
  });
});
