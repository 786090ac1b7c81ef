import type { HelmOptions, ReleaseRequest, SetValue } from '../../ports/executor.ts';
import { chartVersion, download, seconds, switches, value } from './flag-words.ts';
import { capabilitiesOf, type HelmVersion, isAtLeast } from './helm-version.ts';

/**
 * The flags of `helm upgrade`, `template` and `lint`, in the order Helmfile 1.8.0 gives them (helmfile-cli.md §6.4 … §6.10).
 * In: a request, the version of helm, the files its values were written to. Out: argv after the frame.
 * Not its business: running anything, which option wins over which (prepare decided that).
 */

/** A request together with the paths of its values documents, in the same order. */
export interface ReleaseArgs {
  readonly request: ReleaseRequest;
  readonly valuesPaths: readonly string[];
  readonly version: HelmVersion;
}

/** `helm upgrade --install`. */
export function upgradeArgs(args: ReleaseArgs): readonly string[] {
  const { request } = args;
  const { options } = request;
  return [
    'upgrade',
    '--install',
    request.key.name,
    request.chart.reference,
    ...versionFlags(request),
    ...switches([options.enableDns, '--enable-dns']),
    ...waiting(args),
    ...replacing(args),
    ...placing(request),
    ...describing(args),
    ...(request.commandArgs ?? []),
    ...namespaceAndValues(args),
    ...commandLineValues(args),
    ...switches([options.skipCrds, '--skip-crds']),
    options.reuseValues === true ? '--reuse-values' : '--reset-values',
    ...value('--history-max', options.historyMax),
    ...request.extraArgs,
  ];
}

/** `helm template`. */
export function templateArgs(args: ReleaseArgs): readonly string[] {
  const { request } = args;
  const { options } = request;
  return [
    'template',
    request.key.name,
    request.chart.reference,
    ...versionFlags(request),
    ...adoptions(options),
    ...switches([options.enableDns, '--enable-dns']),
    ...postRenderer(args),
    ...postRendererArgs(options),
    ...(options.apiVersions ?? []).flatMap((each) => ['--api-versions', each]),
    ...value('--kube-version', options.kubeVersion),
    ...download(options),
    ...(options.showOnly ?? []).flatMap((each) => ['--show-only', each]),
    ...switches([options.skipSchemaValidation, '--skip-schema-validation']),
    ...value('--kube-context', request.key.kubeContext),
    ...(request.commandArgs ?? []),
    ...namespaceAndValues(args),
    ...commandLineValues(args),
    ...value('--output-dir', options.outputDirectory),
    ...switches(
      [options.validate, '--validate'],
      [options.includeCrds, '--include-crds'],
      [options.noHooks, '--no-hooks'],
      [options.skipTests, '--skip-tests'],
    ),
    ...clusterRender(args),
    ...request.extraArgs,
  ];
}

/** `helm lint`. */
export function lintArgs(args: ReleaseArgs): readonly string[] {
  const { request } = args;
  return [
    'lint',
    request.chart.reference,
    ...namespaceAndValues(args),
    ...adoptions(request.options),
    ...commandLineValues(args),
    ...request.extraArgs,
  ];
}

function versionFlags({ chart, options }: ReleaseRequest): readonly string[] {
  return [...chartVersion(chart.version), ...switches([options.devel, '--devel'])];
}

function waiting({ request, version }: ReleaseArgs): readonly string[] {
  const { options } = request;
  const isLegacy = options.wait === 'legacy' && capabilitiesOf(version).legacyWait;
  return [
    ...(options.wait === undefined ? [] : [isLegacy ? '--wait=legacy' : '--wait']),
    ...switches([options.waitForJobs, '--wait-for-jobs'], [options.verify, '--verify']),
    ...value('--keyring', options.keyring),
    ...seconds('--timeout', options.timeoutSeconds),
  ];
}

function replacing({ request, version }: ReleaseArgs): readonly string[] {
  const { options } = request;
  const isHelm4 = version.major >= 4;
  const rollsBack = options.rollbackOnFailure === true || (isHelm4 && options.atomic === true);
  return switches(
    [options.force, isHelm4 ? '--force-replace' : '--force'],
    [options.forceConflicts, '--force-conflicts'],
    [options.recreatePods, '--recreate-pods'],
    [!isHelm4 && options.atomic === true, '--atomic'],
    [rollsBack, '--rollback-on-failure'],
    [options.cleanupOnFail, '--cleanup-on-fail'],
    [options.createNamespace, '--create-namespace'],
    [options.disableOpenApiValidation, '--disable-openapi-validation'],
  );
}

function placing({ key, options }: ReleaseRequest): readonly string[] {
  const labels = Object.entries(options.labels ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  const text = labels.map(([name, content]) => `${name}=${content}`).join(',');
  return [
    ...value('--kube-context', key.kubeContext),
    ...download(options),
    ...adoptions(options),
    ...value('--labels', text),
  ];
}

function describing(args: ReleaseArgs): readonly string[] {
  const { options } = args.request;
  const can = capabilitiesOf(args.version);
  return [
    ...postRenderer(args),
    ...value('--description', options.description),
    ...postRendererArgs(options),
    ...switches(
      [options.skipSchemaValidation, '--skip-schema-validation'],
      [can.hideNotes && options.hideNotes === true, '--hide-notes'],
      [can.takeOwnership && options.takeOwnership === true, '--take-ownership'],
    ),
    ...(can.serverSide ? value('--server-side', options.serverSide) : []),
  ];
}

/**
 * What helm-diff 3.15 adds when it renders for a comparison. Helm 3's `--validate` alone makes `lookup` find nothing, and charts that
 * keep generated passwords fail or change them: from 3.13 on, the server is asked as well.
 */
function clusterRender({ request, version }: ReleaseArgs): readonly string[] {
  const { options } = request;
  if (options.isUpgrade === undefined && options.serverDryRun === undefined) return [];
  const can = capabilitiesOf(version);
  const isServerSideGiven = options.serverSide === 'true' || options.serverSide === 'false';
  return [
    ...switches(
      [options.disableOpenApiValidation, '--disable-openapi-validation'],
      [can.takeOwnership && options.takeOwnership === true, '--take-ownership'],
    ),
    ...(can.serverSide && isServerSideGiven ? [`--server-side=${options.serverSide}`] : []),
    ...switches(
      [version.major < 4 && options.serverDryRun, '--validate'],
      [isAtLeast(version, '3.13.0') && options.serverDryRun, '--dry-run=server'],
      [options.isUpgrade, '--is-upgrade'],
    ),
  ];
}

function adoptions(options: HelmOptions): readonly string[] {
  return (options.adopt ?? []).flatMap((each) => ['--adopt', each]);
}

/** Helm 4 post-renderers are plugins: Helmfile names the plugin after the script it was given. */
function postRenderer({ request, version }: ReleaseArgs): readonly string[] {
  const program = request.options.postRenderer ?? '';
  const isScript = version.major >= 4 && /\.(?:bash|sh)$/.test(program);
  const [base = ''] = program.split('/').slice(-1);
  return value('--post-renderer', isScript ? base.replace(/\.[^.]*$/, '') : program);
}

function postRendererArgs(options: HelmOptions): readonly string[] {
  return (options.postRendererArgs ?? [])
    .filter((each) => each !== '')
    .map((each) => `--post-renderer-args=${each}`);
}

function namespaceAndValues({ request, valuesPaths }: ReleaseArgs): readonly string[] {
  const own = valuesPaths.filter((_, index) => request.values[index]?.isFromCommandLine !== true);
  return [
    ...value('--namespace', request.key.namespace),
    ...own.flatMap((path) => ['--values', path]),
    ...request.set.filter((each) => !isFromCommandLine(each)).flatMap(setFlag),
  ];
}

function commandLineValues({ request, valuesPaths }: ReleaseArgs): readonly string[] {
  const given = valuesPaths.filter((_, index) => request.values[index]?.isFromCommandLine === true);
  return [
    ...given.flatMap((path) => ['--values', path]),
    ...request.set.filter(isFromCommandLine).flatMap(setFlag),
  ];
}

function isFromCommandLine(each: SetValue): boolean {
  return each.kind !== 'set-file' && each.isFromCommandLine === true;
}

function setFlag(each: SetValue): readonly string[] {
  return [`--${each.kind}`, each.expression];
}
