import { parseYaml, toJs } from '@flotilla/gocompat';
import { type JsonObject, listAt, nameOf, textAt } from '../cluster/json-object.ts';
import type { ReleaseHook } from '../release/release.ts';
import type { ActionContext } from './action-context.ts';

/** Hands on what the pods of a job or pod hook wrote (`helm.sh/hook-output-log-policy`). Rejects with GoError. */
export async function hookLogs(
  context: ActionContext,
  hook: ReleaseHook,
  releaseNamespace: string,
): Promise<void> {
  if (hook.kind !== 'Job' && hook.kind !== 'Pod') return;
  const { cluster, signal } = context;
  const manifest = toJs(parseYaml(hook.manifest, { dialect: 'v3' }));
  const namespace = textAt(manifest, 'metadata', 'namespace') || releaseNamespace;
  const mapping = await cluster.mapping('v1', 'Pod', { signal });
  const selector =
    hook.kind === 'Job'
      ? { labelSelector: `job-name=${hook.name}` }
      : { fieldSelector: `metadata.name=${hook.name}` };
  for (const pod of await cluster.list({ mapping, namespace, ...selector }, { signal })) {
    for (const container of containersOf(pod)) {
      const text = await cluster.podLogs(namespace, nameOf(pod), { container, signal });
      context.onHookOutput?.(text);
    }
  }
}

function containersOf(pod: JsonObject): readonly string[] {
  return listAt(pod, 'spec', 'containers').map((container) => textAt(container, 'name'));
}
