import type { CallContext, ExecutorEvent, ReleaseRequest } from '@flotilla/core';
import { ExecutorError, failureDump } from '@flotilla/core';
import { createHelmCliExecutor } from '@flotilla/core/node';
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../support/manual-clock.ts';
import { MemoryFiles } from '../../support/memory-files.ts';
import { type Script, ScriptedProcesses } from '../../support/scripted-processes.ts';

const request: ReleaseRequest = {
  key: { name: 'web', namespace: 'shop', kubeContext: '' },
  chart: { reference: 'charts/web', isLocal: true, declared: './charts/web' },
  values: [
    { origin: 'values[0]', content: 'replicas: 2\n', isSecret: false },
    { origin: 'secrets[0]', content: 'password: hunter2\n', isSecret: true },
  ],
  set: [{ kind: 'set', expression: 'token=hunter3' }],
  options: {},
  extraArgs: [],
};

function start(script: Script, options: { readonly repositoryRetries?: number } = {}) {
  const files = new MemoryFiles();
  const clock = new ManualClock();
  const processes = new ScriptedProcesses((call, signal) =>
    call.args[0] === 'version' ? { stdout: 'v4.3.1+gd591a98\n' } : script(call, signal),
  );
  const frame = { helmBinary: 'helm', directory: '/project', kubeconfig: '/k', kubeContext: 'prod' };
  const executor = createHelmCliExecutor({ files, processes, clock }, { ...frame, ...options });
  const events: ExecutorEvent[] = [];
  const context: CallContext = { signal: new AbortController().signal, emit: (event) => events.push(event) };
  return { files, clock, processes, executor, events, context };
}

async function failureOf(run: Promise<unknown>): Promise<ExecutorError> {
  const error: unknown = await run.catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(ExecutorError);
  return error as ExecutorError;
}

describe('the helm executor', () => {
  it('asks for the version once, without the frame, and puts the frame before every verb', async () => {
    const { executor, processes, context } = start(() => undefined);
    await executor.probe(context);
    await executor.statusText(request.key, ['--debug'], context);
    expect(processes.argv.map((args) => args.join(' '))).toEqual([
      'version --short',
      '--kubeconfig /k --kube-context prod status web --namespace shop --debug',
    ]);
    expect(processes.requests.every((call) => call.directory === '/project')).toBe(true);
  });

  it('hands values over in private files that are gone afterwards', async () => {
    let seen: readonly (readonly [string, string, number | undefined])[] = [];
    const { executor, files, context } = start(() => {
      seen = files.paths().map((path) => [path, files.text(path), files.modes.get(path)] as const);
      return { stdout: 'Release "web" has been upgraded. Happy Helming!\nREVISION: 7\n' };
    });
    expect(await executor.upgrade(request, context)).toMatchObject({ revision: 7, version: '' });
    expect(seen).toEqual([
      ['/tmp/helmfile1/shop-web-values-0', 'replicas: 2\n', 0o600],
      ['/tmp/helmfile1/shop-web-values-1', 'password: hunter2\n', 0o600],
    ]);
    expect(files.paths()).toEqual([]);
  });

  it('removes the values when helm fails, and shows no set values anywhere', async () => {
    const { executor, files, context, events } = start(() => ({
      stderr: 'Error: UPGRADE FAILED: cannot patch "web": Forbidden: updates to statefulset spec\n',
      exitCode: 1,
    }));
    const error = await failureOf(executor.upgrade(request, context));
    expect(error.code).toBe('update-forbidden');
    expect(error.message).toBe('UPGRADE FAILED: cannot patch "web": Forbidden: updates to statefulset spec');
    expect(error.key).toEqual(request.key);
    expect(files.paths()).toEqual([]);
    expect(error.transcript).toBeDefined();
    expect(JSON.stringify([events, error.transcript])).not.toContain('hunter3');
    if (error.transcript !== undefined) {
      expect(failureDump(error.transcript)).toContain('command "/usr/bin/helm" exited');
    }
  });

  it('tells an absent release from a failed lookup', async () => {
    const absent = start(() => ({ stderr: 'Error: release: not found\n', exitCode: 1 }));
    expect(await absent.executor.storedManifest(request.key, absent.context)).toBeUndefined();
    const down = start(() => ({
      stderr: 'Error: Kubernetes cluster unreachable: Get "http://localhost:8080/version": dial tcp\n',
      exitCode: 1,
    }));
    const error = await failureOf(down.executor.storedManifest(request.key, down.context));
    expect(error.code).toBe('cluster-unreachable');
  });

  it('reads manifest and hooks of an installed release', async () => {
    const { executor, context } = start((call) => ({
      stdout: call.args.includes('hooks') ? '---\nkind: Job\n' : '---\nkind: ConfigMap\n',
    }));
    expect(await executor.storedManifest(request.key, context)).toEqual({
      manifest: '---\nkind: ConfigMap\n',
      hooks: '---\nkind: Job\n',
      status: 'unknown',
    });
  });

  it('reads the table of helm list', async () => {
    const header =
      'NAME\tNAMESPACE\tREVISION\tUPDATED                                \tSTATUS  \tCHART    \tAPP VERSION\n';
    const row =
      'web \tshop     \t3       \t2026-11-24 12:00:00.123456789 +0000 UTC\tdeployed\tweb-0.1.0\t1.16.0     \n';
    const present = start(() => ({ stdout: header + row }));
    expect(await present.executor.status(request.key, present.context)).toEqual({
      key: request.key,
      deployed: {
        revision: 3,
        status: 'deployed',
        chart: 'web-0.1.0',
        appVersion: '1.16.0',
        updated: '2026-11-24 12:00:00.123456789 +0000 UTC',
      },
      text: row.trimEnd() === row ? row : row.slice(0, -1),
    });
    const absent = start(() => ({ stdout: header }));
    expect(await absent.executor.status(request.key, absent.context)).toEqual({ key: request.key });
  });

  it('adds each repository once, passwords through stdin, retrying with growing pauses', async () => {
    let failures = 2;
    const { executor, processes, clock, events, context } = start(
      () => {
        failures -= 1;
        return failures >= 0
          ? { stderr: 'Error: looks like "x" is not a valid chart repository\n', exitCode: 1 }
          : {};
      },
      { repositoryRetries: 3 },
    );
    const repository = { name: 'r', url: 'https://x', isOci: false, username: 'u', password: 'hunter2' };
    await executor.connect([repository], context);
    await executor.connect([repository], context);
    const adds = processes.requests.filter((call) => call.args.includes('add'));
    expect(adds).toHaveLength(3);
    expect(adds.every((call) => call.stdin === 'hunter2\n')).toBe(true);
    expect(clock.sleeps).toEqual([1000, 2000]);
    expect(events.flatMap((event) => (event.type === 'executor.retry' ? [event.reason] : []))).toEqual([
      'repo operation "add r" failed (exit status 1); retry 1/3 in 1s',
      'repo operation "add r" failed (exit status 1); retry 2/3 in 2s',
    ]);
    expect(JSON.stringify(events)).not.toContain('hunter2');
  });

  it('gives up the tries that are left when it is interrupted between two', async () => {
    const interrupt = new AbortController();
    const { executor, context } = start(
      () => {
        interrupt.abort();
        return { stderr: 'Error: no\n', exitCode: 1 };
      },
      { repositoryRetries: 3 },
    );
    const repository = { name: 'r', url: 'https://x', isOci: false };
    const connecting = executor.connect([repository], { ...context, signal: interrupt.signal });
    expect((await failureOf(connecting)).code).toBe('aborted');
  });

  it('shows no set value, behind a blank or an equals sign', async () => {
    const { executor, events, context } = start(() => ({}));
    await executor.template(
      { ...request, extraArgs: ['--set=key=hunter4', '--set-string=x=hunter5'] },
      context,
    );
    const [command] = events
      .flatMap((event) => (event.type === 'executor.command' ? [event.argv] : []))
      .slice(-1);
    expect(command).toContain('--set=*** STRIP ***');
    expect(JSON.stringify(events)).not.toMatch(/hunter[345]/);
  });

  it('says what is wrong with the helm it was given', async () => {
    const files = new MemoryFiles();
    const clock = new ManualClock();
    const processes = new ScriptedProcesses(() => ({ stdout: 'v2.17.0+ga690bad\n' }));
    const executor = createHelmCliExecutor(
      { files, processes, clock },
      { helmBinary: 'helm', directory: '/' },
    );
    const context = { signal: new AbortController().signal, emit: () => undefined };
    const error = await failureOf(executor.probe(context));
    expect([error.code, error.message]).toEqual(['unsupported-helm', 'helmfile requires helm 3.x or 4.x']);
  });

  it('finds the chart a pull unpacked', async () => {
    const { executor, files, context, processes } = start((call) => {
      if (call.args.includes('pull')) files.write('/cache/web/web/Chart.yaml', 'name: web\n');
      return undefined;
    });
    const request = { reference: 'oci://h/web', version: '0.1.0', destination: '/cache/web' };
    expect(await executor.fetch(request, context)).toEqual({
      reference: '/cache/web/web',
      isLocal: true,
      path: '/cache/web/web',
      declared: 'oci://h/web',
      version: '0.1.0',
    });
    expect(processes.requests.at(-1)?.env).toEqual({ HELM_EXPERIMENTAL_OCI: '1' });
  });
});
