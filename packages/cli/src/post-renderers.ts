import { homedir } from 'node:os';
import { delimiter } from 'node:path';
import type { CallContext, Ports } from '@flotilla/core';
import type { NamedPostRenderer, PostRender } from '@flotilla/helm';

/** Post-renderers that are functions of the caller's, by the name that releases give as `postRenderer`. */
export type PostRenderFunctions = Readonly<
  Record<string, (manifests: string, args: readonly string[]) => string | Promise<string>>
>;

/** What a release's `postRenderer` names: a function of the caller's, else a plugin of Helm, else a program. */
export function postRendererFinder(
  helm: typeof import('@flotilla/helm'),
  { environment, processes, workingDirectory }: Pick<Ports, 'environment' | 'processes' | 'workingDirectory'>,
  functions: PostRenderFunctions,
): (named: NamedPostRenderer, call: CallContext) => PostRender {
  const places = { environment, platform: process.platform, homeDirectory: homedir() };
  return ({ name, args }, { signal, directory = workingDirectory }) => {
    const own = Object.hasOwn(functions, name) ? functions[name] : undefined;
    if (own !== undefined) return (manifests) => own(manifests, args);
    const host = {
      files: helm.nodeHostFiles(directory),
      processes,
      environment,
      platform: process.platform,
      architecture: process.arch,
      pluginFolders: helm.helmPaths(places).plugins.split(delimiter),
      directory,
      signal,
    };
    const plugin = pluginNames(name).map((each) => helm.findPostRenderer(each, args, host));
    return plugin.find((found) => found !== undefined) ?? helm.commandPostRenderer(name, args, host);
  };
}

/** Helmfile 1.8.0 means the plugin `x` by a script `./x.sh` when it runs Helm 4. */
function pluginNames(name: string): readonly string[] {
  const script = /([^/]+)\.(?:ba)?sh$/.exec(name)?.[1];
  return script === undefined ? [name] : [name, script];
}
