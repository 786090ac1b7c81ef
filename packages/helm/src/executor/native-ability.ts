import type { ReleaseRequest } from '@flotilla/core';

/** Which requests are served in this process, decided by what they ask for before anything is fetched. */

/** What an executor was given to work with. */
export interface Abilities {
  /** Repositories, registries and a disk to write to. */
  readonly hasCharts: boolean;
  readonly hasReleases: boolean;
  readonly hasPostRenderers: boolean;
}

/** Who renders: this process alone, this process with the cluster's help, or the helm binary. */
export type Renderer = 'here' | 'on-server' | 'helm';

export function rendererOf(request: ReleaseRequest, abilities: Abilities): Renderer {
  const { serverDryRun, validate, includeCrds, outputDirectory } = request.options;
  if (!isUnderstood(request, abilities)) return 'helm';
  if (serverDryRun !== true && validate !== true) {
    return outputDirectory === undefined || abilities.hasCharts ? 'here' : 'helm';
  }
  const isPlain = includeCrds !== true && outputDirectory === undefined;
  return isPlain && abilities.hasReleases ? 'on-server' : 'helm';
}

/** True for requests whose chart can be reached and whose flags have a meaning here. */
export function isUnderstood(request: ReleaseRequest, abilities: Abilities): boolean {
  const { chart, options, commandArgs = [], extraArgs } = request;
  if (!knowsAll([...commandArgs, ...extraArgs])) return false;
  if (!abilities.hasCharts && (!chart.isLocal || options.verify === true)) return false;
  return options.postRenderer === undefined || abilities.hasPostRenderers;
}

/** Words of a helm command line that mean something here. */
export function knowsAll(args: readonly string[]): boolean {
  return args.every((word) => word === '--debug');
}
