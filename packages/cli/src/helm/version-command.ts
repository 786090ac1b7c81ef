import { GoStruct } from '@flotilla/gocompat';
import { defaultCapabilities } from '@flotilla/helm';
import { booleanFlag, stringFlag } from '../flags/flag.ts';
import type { HelmCall, HelmCommand } from './helm-command.ts';
import { templateText } from './template-text.ts';

/** `version`: the Helm whose command line this is. */

function printVersion({ host, flags }: HelmCall): void {
  const { version, gitCommit, gitTreeState, goVersion, kubeClientVersion } =
    defaultCapabilities().helmVersion;
  const fields = new Map([
    ['Version', version],
    ['GitCommit', gitCommit],
    ['GitTreeState', gitTreeState],
    ['GoVersion', goVersion],
    ['KubeClientVersion', kubeClientVersion],
  ]);
  const template = flags.string('template');
  if (template !== '') {
    const data = new GoStruct({ goType: 'version.BuildInfo', isPointer: false, fields, methods: new Map() });
    host.writeOutput(templateText('_', template, { data }));
    return;
  }
  const shown = [...fields].map(([name, text]) => `${name}:"${text}"`).join(', ');
  host.writeOutput(flags.boolean('short') ? `${version}\n` : `version.BuildInfo{${shown}}\n`);
}

export const versionCommand: HelmCommand = {
  spec: {
    name: 'version',
    summary: 'Print the version of Helm that this speaks',
    flags: [booleanFlag('short', 'the number only'), stringFlag('template', 'a template of the text')],
  },
  minimum: 0,
  maximum: 0,
  run: printVersion,
};
