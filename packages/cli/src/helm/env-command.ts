import { environmentInteger, maximumHistory } from './environment-integer.ts';
import type { HelmCall, HelmCommand } from './helm-command.ts';
import { namespaceOf } from './helm-settings.ts';

/** `env`: the variables Helm reads, with what they are now. */

function variables({ host, registry, settings }: HelmCall): ReadonlyMap<string, string> {
  const { paths } = registry;
  const { kube } = settings;
  return new Map([
    ['HELM_BIN', host.program],
    ['HELM_BURST_LIMIT', String(environmentInteger(host.env, 'HELM_BURST_LIMIT', 100))],
    ['HELM_CACHE_HOME', paths.cacheHome],
    ['HELM_CONFIG_HOME', paths.configHome],
    ['HELM_CONTENT_CACHE', paths.contentCache],
    ['HELM_DATA_HOME', paths.dataHome],
    ['HELM_DEBUG', String(settings.isDebug)],
    ['HELM_KUBEAPISERVER', kube.apiServer ?? ''],
    ['HELM_KUBEASGROUPS', (kube.asGroups ?? []).join(',')],
    ['HELM_KUBEASUSER', kube.asUser ?? ''],
    ['HELM_KUBECAFILE', kube.caFile ?? ''],
    ['HELM_KUBECONTEXT', kube.context ?? ''],
    ['HELM_KUBEINSECURE_SKIP_TLS_VERIFY', String(kube.insecureSkipTlsVerify === true)],
    ['HELM_KUBETLS_SERVER_NAME', kube.tlsServerName ?? ''],
    ['HELM_KUBETOKEN', kube.token ?? ''],
    ['HELM_MAX_HISTORY', String(maximumHistory(host.env))],
    ['HELM_NAMESPACE', namespaceOf(settings, registry.files)],
    ['HELM_PLUGINS', paths.plugins],
    ['HELM_QPS', Number(host.env['HELM_QPS'] ?? 0).toFixed(2)],
    ['HELM_REGISTRY_CONFIG', paths.registryConfig],
    ['HELM_REPOSITORY_CACHE', paths.repositoryCache],
    ['HELM_REPOSITORY_CONFIG', paths.repositoryConfig],
    ...kubeconfigVariable(kube.kubeconfig ?? host.env['KUBECONFIG']),
  ]);
}

function kubeconfigVariable(path: string | undefined): readonly (readonly [string, string])[] {
  return path ? [['KUBECONFIG', path]] : [];
}

function printVariables(call: HelmCall): void {
  const known = variables(call);
  const [name] = call.args;
  call.host.writeOutput(
    name === undefined
      ? [...known].map(([each, value]) => `${each}="${value}"\n`).join('')
      : `${known.get(name) ?? ''}\n`,
  );
}

export const envCommand: HelmCommand = {
  spec: { name: 'env', summary: 'Print the variables that Helm reads', flags: [] },
  minimum: 0,
  maximum: 1,
  run: printVariables,
};
