import { arrayFlag, booleanFlag, durationFlag, type FlagSpec, stringFlag } from '../flags/flag.ts';
import { chartFlags } from './chart-path.ts';
import { valuesFlags } from './helm-values.ts';
import { kubeVersionFlag } from './lint-command.ts';
import { postRendererFlags } from './post-renderer.ts';
import { releaseNameFlags } from './release-name.ts';

const ignored = 'accepted, without effect: nothing is installed';
const goneInTemplate = "this flag has no effect for 'helm template' and will be removed in Helm 5";

/** Flags of `install` that `template` takes, too. */
const installFlags: readonly FlagSpec[] = [
  booleanFlag('create-namespace', ignored),
  booleanFlag('force-replace', ignored),
  booleanFlag('force', ignored, { deprecated: 'use --force-replace instead' }),
  booleanFlag('force-conflicts', ignored),
  booleanFlag('server-side', ignored),
  booleanFlag('replace', ignored),
  durationFlag('timeout', ignored, { defaultValue: '5m0s' }),
  stringFlag('wait', ignored, { bareValue: 'watcher', choices: ['watcher', 'hookOnly', 'legacy'] }),
  booleanFlag('wait-for-jobs', ignored),
  stringFlag('description', ignored),
  booleanFlag('disable-openapi-validation', ignored),
  booleanFlag('rollback-on-failure', ignored),
  booleanFlag('atomic', ignored, { deprecated: 'use --rollback-on-failure instead' }),
  booleanFlag('skip-crds', ignored),
  arrayFlag('labels', ignored, { short: 'l' }),
  booleanFlag('take-ownership', ignored),
  booleanFlag('render-subchart-notes', ignored, { deprecated: goneInTemplate }),
  booleanFlag('hide-notes', ignored, { deprecated: goneInTemplate }),
];

/** The flags of `helm template` (Helm 4.3.1). */
export const templateFlags: readonly FlagSpec[] = [
  ...valuesFlags,
  ...chartFlags,
  ...releaseNameFlags,
  ...installFlags,
  booleanFlag('dependency-update', 'fetch dependencies that are missing'),
  booleanFlag('include-crds', 'print CRDs, too'),
  booleanFlag('no-hooks', 'leave out hooks'),
  booleanFlag('skip-tests', 'leave out tests'),
  booleanFlag('is-upgrade', 'set .Release.IsUpgrade instead of .Release.IsInstall'),
  booleanFlag('enable-dns', 'let templates look up names'),
  booleanFlag('skip-schema-validation', 'do not check values against the schema'),
  kubeVersionFlag,
  arrayFlag('api-versions', 'API versions the cluster has', { short: 'a' }),
  arrayFlag('show-only', 'print only this template', { short: 's', placeholder: 'path' }),
  stringFlag('output-dir', 'the folder to write files to', { placeholder: 'path' }),
  booleanFlag('release-name', 'put files below a folder with the name of the release'),
  ...postRendererFlags,
  stringFlag('dry-run', 'client renders alone, server asks the cluster', {
    defaultValue: 'client',
    bareValue: 'unset',
  }),
  booleanFlag('validate', 'ask the cluster', { deprecated: "use '--dry-run=server' instead" }),
];
