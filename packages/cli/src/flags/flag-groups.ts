import { arrayFlag, booleanFlag, type FlagSpec, integerFlag, stringFlag } from './flag.ts';

/** Flags that several commands share. */

export const argsFlags: readonly FlagSpec[] = [
  stringFlag('args', 'arguments added to every helm command, separated by spaces'),
];

export const concurrencyFlags: readonly FlagSpec[] = [
  integerFlag('concurrency', 'how many releases are worked on at once; 0 is no limit', { defaultText: '0' }),
];

export const valuesFlags: readonly FlagSpec[] = [
  arrayFlag('set', 'a value for every release: key=value', { placeholder: 'pair' }),
  arrayFlag('values', 'a values file for every release', { placeholder: 'path' }),
];

export const needsFlags: readonly FlagSpec[] = [
  booleanFlag('skip-needs', 'leave out what the selected releases need', { defaultValue: true }),
  booleanFlag('include-needs', 'take in what the selected releases need'),
  booleanFlag(
    'include-transitive-needs',
    'take in what the selected releases need, and what that needs in turn',
  ),
];

export const enforceNeedsFlags: readonly FlagSpec[] = [
  booleanFlag('enforce-needs-are-installed', 'fail when a need is not to be installed'),
];

export const postRenderFlags: readonly FlagSpec[] = [
  stringFlag('post-renderer', 'a program (Helm 4: a plugin) that manifests pass through'),
  arrayFlag('post-renderer-args', 'an argument for the post-renderer'),
];

export const reuseValuesFlags: readonly FlagSpec[] = [
  booleanFlag('reuse-values', 'start from the values of the last revision'),
  booleanFlag('reset-values', 'start from the values of the chart, whatever helmDefaults.reuseValues says'),
];

export const trackFlags: readonly FlagSpec[] = [
  stringFlag('track-mode', 'how releases are waited for', { choices: ['helm', 'helm-legacy', 'kubedog'] }),
  integerFlag('track-timeout', 'seconds until tracking gives up; 0 is the default of 300', {
    defaultText: '0',
  }),
  booleanFlag('track-logs', 'print the logs of pods while they are tracked'),
  booleanFlag('track-failed-logs', 'print the logs of failed pods only'),
  integerFlag(
    'helm-stuck-grace',
    'seconds after which a helm that waits for nothing is interrupted; 0 is never',
    {
      defaultText: '0',
    },
  ),
  booleanFlag('track-fail-on-error', 'fail when tracking fails'),
];

/** What is compared and how it is shown. */
export const diffFlags: readonly FlagSpec[] = [
  booleanFlag('include-tests', 'compare test hooks too'),
  booleanFlag('skip-diff-on-install', 'do not render releases that are not installed yet'),
  booleanFlag('skip-diff-validation-on-install', 'do not validate releases that are not installed yet'),
  booleanFlag('no-hooks', 'leave chart hooks out of the comparison'),
  booleanFlag('strip-trailing-cr', 'ignore carriage returns at line ends'),
  booleanFlag('suppress-secrets', 'leave Secrets out of the output'),
  arrayFlag('suppress', 'a kind to leave out of the output', { placeholder: 'kind' }),
  arrayFlag('suppress-output-line-regex', 'a pattern of output lines to leave out', { placeholder: 'regex' }),
  booleanFlag('show-secrets', 'show the values of Secrets'),
  integerFlag('context', 'lines of context around a change', { defaultText: 'all' }),
  stringFlag('output', 'layout of the comparison', {
    choices: ['diff', 'simple', 'template', 'dyff', 'json', 'structured'],
  }),
  booleanFlag('server-dry-run', 'compare live objects with what the server would make of them'),
  stringFlag('diff-args', 'arguments for the comparison, as helm-diff takes them'),
  stringFlag('template-args', 'arguments for rendering, as "helm template" takes them'),
];

export const suppressDiffFlags: readonly FlagSpec[] = [
  booleanFlag('suppress-diff', 'compare, but do not print the differences'),
];

export const detailedExitcodeFlags: readonly FlagSpec[] = [
  booleanFlag('detailed-exitcode', 'exit 2 when there were changes'),
];

export const ownershipFlags: readonly FlagSpec[] = [
  booleanFlag('take-ownership', 'adopt objects that no release or another release owns'),
  stringFlag('server-side', 'whether objects are applied by the server (Helm 4)', {
    choices: ['true', 'false', 'auto'],
  }),
];

export const validateFlags: readonly FlagSpec[] = [
  booleanFlag('validate', 'check manifests against the cluster while charts are prepared'),
];

export const upgradeFlags: readonly FlagSpec[] = [
  stringFlag('sync-args', 'arguments for "helm upgrade"'),
  booleanFlag('recover-pending', 'take over releases that another tool left pending (executor native)', {
    isOurs: true,
  }),
  booleanFlag('skip-crds', 'do not install CRDs'),
  booleanFlag('hide-notes', 'do not print the notes of charts'),
  booleanFlag('sync-release-labels', 'store the labels of the release with it'),
  booleanFlag('wait', 'wait until the objects of a release are ready'),
  booleanFlag('wait-for-jobs', 'wait until jobs are complete, too'),
  integerFlag('timeout', 'seconds one release may take; 0 is the default', { defaultText: '0' }),
  booleanFlag('skip-schema-validation', 'do not check values against the schema of the chart'),
  stringFlag('cascade', 'how dependants of deleted objects are deleted', {
    choices: ['background', 'foreground', 'orphan'],
  }),
  stringFlag('description', 'a description stored with every release'),
];
