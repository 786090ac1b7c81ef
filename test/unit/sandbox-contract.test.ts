import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSandboxCluster } from '@flotilla/helm';
import { clusterContract } from '../contract/cluster-contract.ts';

clusterContract('the sandbox cluster', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'flotilla-sandbox-'));
  const cluster = await openSandboxCluster({ folder, readyAfter: 50 });
  const signal = new AbortController().signal;
  const namespaces = await cluster.mapping('v1', 'Namespace', { signal });
  await cluster.create(namespaces, { metadata: { name: 'contract' } }, { signal });
  return {
    cluster,
    [Symbol.asyncDispose]: async () => {
      await cluster[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true });
    },
  };
});
