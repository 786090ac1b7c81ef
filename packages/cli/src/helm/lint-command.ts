import { createNodeTemplateHost } from '@flotilla/core/node';
import { GoError, wrapping } from '@flotilla/gocompat';
import { lintCharts, parseKubeVersion } from '@flotilla/helm';
import { booleanFlag, stringFlag } from '../flags/flag.ts';
import type { FlagValues } from '../flags/flag-values.ts';
import type { HelmCall, HelmCommand } from './helm-command.ts';
import { namespaceOf } from './helm-settings.ts';
import { valuesFlags, valuesOf } from './helm-values.ts';

/** `lint`: what is wrong with charts. */

export const kubeVersionFlag = stringFlag('kube-version', 'the Kubernetes version to render for');

/** The Kubernetes version that was given. Throws GoError `invalid kube version`. */
export function kubeVersionOf(
  flags: FlagValues,
): Partial<{ kubeVersion: ReturnType<typeof parseKubeVersion> }> {
  const text = flags.string('kube-version');
  if (text === '') return {};
  return { kubeVersion: wrapping(`invalid kube version '${text}': `, () => parseKubeVersion(text)) };
}

async function lint(call: HelmCall): Promise<void> {
  const { host, registry, settings, flags, args } = call;
  const version = kubeVersionOf(flags);
  const result = await lintCharts(args, registry, {
    ...version,
    values: await valuesOf(call),
    namespace: namespaceOf(settings, registry.files),
    strict: flags.boolean('strict'),
    quiet: flags.boolean('quiet'),
    withSubcharts: flags.boolean('with-subcharts'),
    skipSchemaValidation: flags.boolean('skip-schema-validation'),
    templateHost: createNodeTemplateHost(host.env),
  });
  host.writeOutput(result.text);
  if (result.error !== undefined) throw new GoError(result.error);
}

export const lintCommand: HelmCommand = {
  spec: {
    name: 'lint',
    summary: 'Check charts',
    positionals: 'PATH',
    flags: [
      ...valuesFlags,
      booleanFlag('strict', 'warnings fail, too'),
      booleanFlag('quiet', 'print warnings and errors only'),
      booleanFlag('with-subcharts', 'check sub-charts, too'),
      booleanFlag('skip-schema-validation', 'do not check values against the schema'),
      kubeVersionFlag,
    ],
  },
  minimum: 1,
  run: lint,
};
