import { arrayFlag, booleanFlag, type FlagSpec, integerFlag, stringFlag } from './flag.ts';

/** Flags of every command (Helmfile 1.8.0 `helmfile --help`), accepted before and after the command's name. */
export const globalFlags: readonly FlagSpec[] = [
  stringFlag('helm-binary', 'the helm program the helm executor runs', {
    short: 'b',
    environment: 'HELMFILE_HELM_BINARY',
    defaultText: 'helm',
  }),
  stringFlag('kustomize-binary', 'the kustomize program', {
    short: 'k',
    environment: 'HELMFILE_KUSTOMIZE_BINARY',
    defaultText: 'kustomize',
  }),
  stringFlag('file', 'the state file or folder to load; - reads standard input', {
    short: 'f',
    placeholder: 'path',
    environment: 'HELMFILE_FILE_PATH',
    defaultText: 'helmfile.yaml, helmfile.yaml.gotmpl or helmfile.d',
  }),
  stringFlag('environment', 'the environment to use', {
    short: 'e',
    environment: 'HELMFILE_ENVIRONMENT',
    defaultText: 'default',
  }),
  arrayFlag('state-values-set', 'set values that state files see as .Values: key=value,…', {
    placeholder: 'pairs',
  }),
  arrayFlag('state-values-set-string', 'like --state-values-set, but every value is a string', {
    placeholder: 'pairs',
  }),
  arrayFlag('state-values-file', 'a YAML file of values that state files see as .Values', {
    placeholder: 'path',
  }),
  booleanFlag('skip-deps', 'neither update repositories nor build chart dependencies'),
  booleanFlag('skip-refresh', 'do not update repositories'),
  booleanFlag(
    'strip-args-values-on-exit-error',
    'mask values given to --set in reports of failed helm commands',
    {
      defaultValue: true,
    },
  ),
  booleanFlag('disable-force-update', 'leave --force-update out of "helm repo add"'),
  booleanFlag('enforce-plugin-verification', 'refuse helm plugins that cannot be verified'),
  booleanFlag('oci-plain-http', 'talk plain HTTP to OCI registries'),
  integerFlag('repo-retries', 'how often a failed repository command is tried again', {
    environment: 'HELMFILE_REPO_RETRIES',
    defaultText: '0',
  }),
  booleanFlag('quiet', 'print warnings and errors only', { short: 'q', environment: 'HELMFILE_QUIET' }),
  booleanFlag('debug', 'print everything, and pass --debug to helm', { environment: 'HELMFILE_DEBUG' }),
  stringFlag('log-level', 'the least important messages to print', {
    environment: 'HELMFILE_LOG_LEVEL',
    defaultText: 'info',
    choices: ['debug', 'info', 'warn', 'error', 'dpanic', 'panic', 'fatal'],
  }),
  booleanFlag('color', 'use colour even when the output is not a terminal'),
  booleanFlag('no-color', 'never use colour', { environment: 'HELMFILE_NO_COLOR' }),
  stringFlag('kubeconfig', 'the kubeconfig file to use', { placeholder: 'path' }),
  stringFlag('kube-context', 'the kubeconfig context of every release', {
    environment: 'HELMFILE_KUBE_CONTEXT',
  }),
  stringFlag('namespace', 'the namespace of every release', {
    short: 'n',
    environment: 'HELMFILE_NAMESPACE',
  }),
  stringFlag('chart', 'the chart of every release', { short: 'c' }),
  arrayFlag('selector', 'only releases whose labels match: tier=web,env!=dev; repeat for alternatives', {
    short: 'l',
    placeholder: 'labels',
  }),
  booleanFlag('allow-no-matching-release', 'exit 0 when no release matches the selectors'),
  booleanFlag(
    'allow-failed-releases',
    'go on with the other releases when a chart cannot be prepared, and fail at the end',
  ),
  booleanFlag('enable-live-output', 'pass on what helm prints while it runs'),
  booleanFlag('interactive', 'ask before anything in the cluster changes', {
    short: 'i',
    environment: 'HELMFILE_INTERACTIVE',
  }),
  booleanFlag('sequential-helmfiles', 'process several state files one after another'),
  booleanFlag('otel-tracing', 'send OpenTelemetry traces and metrics', {
    environment: 'HELMFILE_OTEL_TRACING',
  }),
  stringFlag('executor', 'what drives releases: the built-in engine or the helm program', {
    environment: 'FLOTILLA_EXECUTOR',
    choices: ['native', 'helm'],
    isOurs: true,
  }),
  booleanFlag('verify-executor', 'render with the built-in engine and the helm program, and compare', {
    environment: 'FLOTILLA_VERIFY_EXECUTOR',
    isOurs: true,
  }),
  arrayFlag('mirror', 'read repositories, registries and remote sources from elsewhere', {
    placeholder: 'from=to',
    environment: 'FLOTILLA_MIRRORS',
    isOurs: true,
  }),
  arrayFlag('deny', 'refuse an effect in templates', {
    choices: ['exec', 'read', 'remote', 'secrets'],
    isOurs: true,
  }),
  stringFlag('log-format', 'how progress is written to standard error', {
    choices: ['text', 'json'],
    isOurs: true,
  }),
  booleanFlag('help', 'show this help', { short: 'h' }),
];
