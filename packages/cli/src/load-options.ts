import type { LoadOptions } from '@flotilla/core';
import type { CommandContext } from './commands/command.ts';

/** What the global settings say about loading. */
export function loadOptionsOf({ settings, host }: CommandContext): LoadOptions {
  const { file, environment, selectors, kubeContext, namespace, chart } = settings;
  const renderYaml = host.env['HELMFILE_RENDER_YAML'] === 'true';
  const v1Mode = host.env['HELMFILE_V1MODE'];
  return {
    environment,
    selectors,
    stateValuesSet: settings.stateValuesSet,
    stateValuesSetString: settings.stateValuesSetString,
    stateValuesFiles: settings.stateValuesFiles,
    isSequential: settings.isSequential,
    helmBinary: settings.helmBinary,
    kustomizeBinary: settings.kustomizeBinary,
    deny: settings.deny,
    ...(file === '' ? {} : { file }),
    ...(kubeContext === '' ? {} : { kubeContext }),
    ...(namespace === '' ? {} : { namespace }),
    ...(chart === '' ? {} : { chart }),
    ...(renderYaml ? { dialect: 'classic' as const } : v1Mode === 'true' ? { dialect: 'v1' as const } : {}),
  };
}
