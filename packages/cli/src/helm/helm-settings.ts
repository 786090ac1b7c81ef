import { homedir } from 'node:os';
import { delimiter, resolve } from 'node:path';
import { type Mirror, parseMirror } from '@flotilla/core';
import { Dict, decodeBytes, orUndefined, parseBool, parseYaml } from '@flotilla/gocompat';
import type { HelmPaths, HostFiles, KubeSettings } from '@flotilla/helm';
import { arrayFlag, booleanFlag, type FlagSpec, integerFlag, stringFlag } from '../flags/flag.ts';
import type { FlagValues } from '../flags/flag-values.ts';
import { UsageError } from '../flags/parse-arguments.ts';
import type { Host } from '../host.ts';

/**
 * What every command of Helm shares: its global flags with the HELM_* environment behind them (Helm 4.3.1 `cli.New`).
 * In: parsed flags and the host. Out: plain data.
 */

/** Flags of every command of `helm`. */
export const globalHelmFlags: readonly FlagSpec[] = [
  stringFlag('namespace', 'the namespace', { short: 'n', environment: 'HELM_NAMESPACE' }),
  stringFlag('kubeconfig', 'the kubeconfig file', { environment: 'KUBECONFIG' }),
  stringFlag('kube-context', 'the context of the kubeconfig', { environment: 'HELM_KUBECONTEXT' }),
  stringFlag('kube-token', 'bearer token for the API server', { environment: 'HELM_KUBETOKEN' }),
  stringFlag('kube-as-user', 'user to act as', { environment: 'HELM_KUBEASUSER' }),
  arrayFlag('kube-as-group', 'group to act as; several may be given', { environment: 'HELM_KUBEASGROUPS' }),
  stringFlag('kube-apiserver', 'address of the API server', { environment: 'HELM_KUBEAPISERVER' }),
  stringFlag('kube-ca-file', 'authorities to trust', { environment: 'HELM_KUBECAFILE' }),
  stringFlag('kube-tls-server-name', 'name to check the certificate for', {
    environment: 'HELM_KUBETLS_SERVER_NAME',
  }),
  booleanFlag('kube-insecure-skip-tls-verify', 'do not check the certificate of the API server', {
    environment: 'HELM_KUBEINSECURE_SKIP_TLS_VERIFY',
  }),
  stringFlag('registry-config', 'credentials of registries', { environment: 'HELM_REGISTRY_CONFIG' }),
  stringFlag('repository-config', 'list of repositories', { environment: 'HELM_REPOSITORY_CONFIG' }),
  stringFlag('repository-cache', 'folder of kept indexes', { environment: 'HELM_REPOSITORY_CACHE' }),
  stringFlag('content-cache', 'folder of kept charts', { environment: 'HELM_CONTENT_CACHE' }),
  integerFlag('burst-limit', 'accepted, without effect', { defaultText: '100' }),
  stringFlag('qps', 'accepted, without effect'),
  stringFlag('color', 'accepted, without effect: nothing is coloured', { defaultText: 'auto' }),
  stringFlag('colour', 'accepted, without effect: nothing is coloured', { defaultText: 'auto' }),
  arrayFlag('mirror', 'read repositories and registries from elsewhere', {
    placeholder: 'from=to',
    environment: 'FLOTILLA_MIRRORS',
    isOurs: true,
  }),
  booleanFlag('debug', 'print more', { environment: 'HELM_DEBUG' }),
  booleanFlag('help', 'print help', { short: 'h' }),
];

export interface HelmSettings {
  /** As it was given; empty for the one of the kubeconfig. */
  readonly namespace: string;
  readonly isDebug: boolean;
  readonly kube: KubeSettings;
  /** Paths that flags set; the environment's are the engine's own business. */
  readonly paths: Partial<HelmPaths>;
  readonly mirrors: readonly Mirror[];
}

/** Flags before variables, variables before nothing. */
export function helmSettings({ env }: Host, flags: FlagValues): HelmSettings {
  const isOn = (flag: string, variable: string): boolean =>
    flags.wasGiven(flag) ? flags.boolean(flag) : parseBool(env[variable] ?? '') === true;
  const text = (flag: string, variable: string): string =>
    flags.wasGiven(flag) ? flags.string(flag) : (env[variable] ?? '');
  const paths = {
    ...pathOf(flags, 'registry-config', 'registryConfig'),
    ...pathOf(flags, 'repository-config', 'repositoryConfig'),
    ...pathOf(flags, 'repository-cache', 'repositoryCache'),
    ...pathOf(flags, 'content-cache', 'contentCache'),
  };
  const groups = flags.wasGiven('kube-as-group')
    ? flags.array('kube-as-group')
    : (env['HELM_KUBEASGROUPS'] ?? '').split(',').filter((group) => group.trim() !== '');
  const kube: KubeSettings = {
    environment: env,
    asGroups: groups,
    ...given('kubeconfig', flags.string('kubeconfig')),
    ...given('context', text('kube-context', 'HELM_KUBECONTEXT')),
    ...given('apiServer', text('kube-apiserver', 'HELM_KUBEAPISERVER')),
    ...given('token', text('kube-token', 'HELM_KUBETOKEN')),
    ...given('caFile', text('kube-ca-file', 'HELM_KUBECAFILE')),
    ...given('tlsServerName', text('kube-tls-server-name', 'HELM_KUBETLS_SERVER_NAME')),
    ...given('asUser', text('kube-as-user', 'HELM_KUBEASUSER')),
    ...(isOn('kube-insecure-skip-tls-verify', 'HELM_KUBEINSECURE_SKIP_TLS_VERIFY')
      ? { insecureSkipTlsVerify: true }
      : {}),
  };
  return {
    namespace: text('namespace', 'HELM_NAMESPACE'),
    isDebug: isOn('debug', 'HELM_DEBUG'),
    kube,
    paths,
    mirrors: mirrorsOf([...flags.array('mirror'), ...(env['FLOTILLA_MIRRORS'] ?? '').split(',')]),
  };
}

function mirrorsOf(texts: readonly string[]): readonly Mirror[] {
  return texts
    .filter((text) => text !== '')
    .map((text) => {
      const mirror = parseMirror(text);
      if (mirror === undefined) throw new UsageError(`--mirror must be FROM=TO, got: ${text}`, text);
      return mirror;
    });
}

/** The text under a name, unless it is empty. */
function given<Name extends string>(name: Name, text: string): Partial<Record<Name, string>> {
  return text === '' ? {} : ({ [name]: text } as Record<Name, string>);
}

function pathOf(flags: FlagValues, flag: string, name: keyof HelmPaths): Partial<HelmPaths> {
  return flags.wasGiven(flag) ? { [name]: flags.string(flag) } : {};
}

/**
 * The namespace a command works in: the one given, else that of the kubeconfig's context, else `default`. Reads no more of
 * the kubeconfig than that, and no cluster.
 */
export function namespaceOf({ namespace, kube }: HelmSettings, files: HostFiles): string {
  return namespace || contextNamespace(kube, files) || 'default';
}

function contextNamespace(kube: KubeSettings, files: HostFiles): string | undefined {
  const configs = kubeconfigPaths(kube).flatMap((path) => {
    const config = orUndefined(() =>
      files.stat(path) === undefined
        ? undefined
        : parseYaml(decodeBytes(files.read(path)), { dialect: 'v2' }),
    );
    return config instanceof Dict ? [config] : [];
  });
  const wanted = kube.context ?? configs.map((each) => each['current-context']).find(Boolean);
  const contexts = configs.flatMap((each) => (Array.isArray(each['contexts']) ? each['contexts'] : []));
  const chosen = contexts.find((each) => each instanceof Dict && each['name'] === wanted);
  const context = chosen instanceof Dict ? chosen['context'] : undefined;
  const namespace = context instanceof Dict ? context['namespace'] : undefined;
  return typeof namespace === 'string' ? namespace : undefined;
}

function kubeconfigPaths({ kubeconfig, environment }: KubeSettings): readonly string[] {
  if (kubeconfig !== undefined) return [kubeconfig];
  const listed = (environment['KUBECONFIG'] ?? '').split(delimiter).filter((path) => path !== '');
  return listed.length > 0 ? listed : [resolve(environment['HOME'] || homedir(), '.kube/config')];
}
