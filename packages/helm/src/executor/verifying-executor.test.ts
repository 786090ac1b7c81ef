import type { CallContext, HelmExecutor, ReleaseRequest } from '@flotilla/core';
import { expect, test } from 'vitest';
import { renderedDifference } from './compare-rendered.ts';
import { verifyingExecutor } from './verifying-executor.ts';

const request: ReleaseRequest = {
  key: { name: 'web', namespace: 'shop', kubeContext: '' },
  chart: { reference: './web', isLocal: true, declared: './web' },
  values: [],
  set: [],
  options: {},
  extraArgs: [],
};
const call: CallContext = { signal: new AbortController().signal, emit: () => undefined };

/** An executor that renders `text`, or fails with it, and counts upgrades. */
function executor(name: string, text: string, fails = false): HelmExecutor & { readonly upgrades: string[] } {
  const upgrades: string[] = [];
  const answer = {
    name,
    upgrades,
    template: async () => {
      if (fails) throw new Error(text);
      return { text };
    },
    upgrade: async ({ key }: ReleaseRequest) => {
      upgrades.push(key.name);
      return { key, revision: 1, version: '1.0.0', text: '' };
    },
  };
  return answer as unknown as HelmExecutor & { readonly upgrades: string[] };
}

const map = (value: string): string => `---\n# Source: web/map.yaml\nkind: ConfigMap\ndata:\n  a: ${value}\n`;

test('equal renderings pass, and upgrades follow', async () => {
  const [native, helm] = [executor('native', map('x')), executor('helm', map('x'))];
  const verified = verifyingExecutor(native, helm);
  expect(await verified.template(request, call)).toEqual({ text: map('x') });
  await verified.upgrade(request, call);
  expect([native.upgrades, helm.upgrades]).toEqual([['web'], []]);
});

test('a difference is an error that shows it, before anything is installed', async () => {
  const native = executor('native', map('x'));
  const verified = verifyingExecutor(native, executor('helm', map('y')));
  await expect(verified.upgrade(request, call)).rejects.toThrow(`\
the executors render different manifests (- native, + helm):
…
 # Source: web/map.yaml
 kind: ConfigMap
 data:
-  a: x
+  a: y`);
  expect(native.upgrades).toEqual([]);
});

test('one that fails alone is a difference; if both do, the first one says why', async () => {
  const [good, bad] = [executor('helm', map('x')), executor('native', 'no such function', true)];
  await expect(verifyingExecutor(bad, good).template(request, call)).rejects.toThrow(
    'native fails: no such function',
  );
  await expect(
    verifyingExecutor(bad, executor('helm', 'other', true)).template(request, call),
  ).rejects.toThrow(/^no such function$/);
});

test('what Secrets hold does not show', async () => {
  const secret = (value: string): string =>
    `---\nkind: Secret\nmetadata:\n  name: s\ndata:\n  password: ${value}\ntype: Opaque\n`;
  const difference = await renderedDifference(secret('b25l') + map('x'), secret('dHdv') + map('y'));
  expect(difference).toContain('-  a: x\n+  a: y\n');
  expect(difference).not.toMatch(/b25l|dHdv/);
  expect(await renderedDifference(secret('b25l'), secret('dHdv'))).toBe(
    '(only Secrets, or the white space around documents, differ)\n',
  );
});
