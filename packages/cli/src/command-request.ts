import type { CommandRequest, DiffCommandOptions } from '@flotilla/core';
import type { CommandContext } from './commands/command.ts';
import { UsageError } from './flags/parse-arguments.ts';

/** Flags of the release commands as the core's typed request. Flags a command does not have read as not given. */

const outputs = ['diff', 'simple', 'template', 'dyff', 'json', 'structured'] as const;
const trackModes = ['', 'helm', 'helm-legacy', 'kubedog'];

type Draft<T> = { -readonly [K in keyof T]: T[K] };

export function commandRequestOf(context: CommandContext): CommandRequest {
  const { flags, settings } = context;
  const request: Draft<CommandRequest> = {
    ...settingsPart(context),
    ...valuesPart(context),
    ...helmPart(context),
    ...chartPart(context),
    diff: diffOptionsOf(context),
    needs: needsOf(context),
    concurrency: flags.integer('concurrency'),
    interactive: settings.isInteractive,
    allowsNoMatch: settings.allowNoMatchingRelease,
    enforcesNeeds: flags.boolean('enforce-needs-are-installed'),
    logs: flags.boolean('logs'),
  };
  const trackMode = flags.string('track-mode');
  if (!trackModes.includes(trackMode)) {
    const text = `--track-mode must be 'helm', 'helm-legacy', or 'kubedog', got: ${trackMode}`;
    throw new UsageError(text, trackMode, trackModes);
  }
  if (trackMode !== '') request.trackMode = trackMode;
  if (flags.wasGiven('timeout') && flags.integer('timeout') > 0)
    request.timeoutSeconds = flags.integer('timeout');
  return request;
}

function needsOf({ flags }: CommandContext): NonNullable<CommandRequest['needs']> {
  if (flags.boolean('include-needs') || flags.boolean('include-transitive-needs')) return 'include';
  return flags.wasGiven('skip-needs') && !flags.boolean('skip-needs') ? 'require' : 'skip';
}

function settingsPart({ settings }: CommandContext): CommandRequest {
  const { chart, namespace, kubeContext } = settings;
  return {
    skipDeps: settings.skipDeps,
    skipRefresh: settings.skipRefresh,
    ociPlainHttp: settings.ociPlainHttp,
    allowFailedReleases: settings.allowFailedReleases,
    ...(chart === '' ? {} : { chart }),
    ...(namespace === '' ? {} : { namespace }),
    ...(kubeContext === '' ? {} : { kubeContext }),
  };
}

function valuesPart({ flags, settings }: CommandContext): CommandRequest {
  const args = [flags.string('args'), settings.isDebug ? '--debug' : '']
    .filter((each) => each !== '')
    .join(' ');
  return {
    set: flags.array('set'),
    values: flags.array('values'),
    ...texts({
      args,
      syncArgs: flags.string('sync-args'),
      templateArgs: flags.string('template-args'),
      diffArgs: flags.string('diff-args'),
    }),
  };
}

/** Only the texts that are not empty. */
function texts(given: Readonly<Record<string, string>>): object {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
}

function helmPart({ flags, host }: CommandContext): CommandRequest {
  const hasArguments = flags.array('post-renderer-args').length > 0;
  return {
    wait: flags.boolean('wait'),
    waitForJobs: flags.boolean('wait-for-jobs'),
    validate: flags.boolean('validate'),
    skipCrds: flags.boolean('skip-crds'),
    cleanup: flags.boolean('cleanup'),
    hideNotes: flags.boolean('hide-notes'),
    takeOwnership: flags.boolean('take-ownership'),
    recoverPending: flags.boolean('recover-pending'),
    syncReleaseLabels: flags.boolean('sync-release-labels'),
    skipSchemaValidation: flags.boolean('skip-schema-validation'),
    reuseValues: flags.boolean('reuse-values'),
    resetValues: flags.boolean('reset-values'),
    skipCharts: flags.boolean('skip-charts'),
    upgradesFailed: host.program === 'flotilla',
    skipRepositories: flags.boolean('skip-repos'),
    ...(hasArguments ? { postRendererArgs: flags.array('post-renderer-args') } : {}),
    ...texts({
      serverSide: flags.string('server-side'),
      cascade: flags.string('cascade'),
      description: flags.string('description'),
      postRenderer: flags.string('post-renderer'),
    }),
  };
}

function chartPart({ flags }: CommandContext): CommandRequest {
  return {
    includeCrds: flags.boolean('include-crds'),
    noHooks: flags.boolean('no-hooks'),
    skipTests: flags.boolean('skip-tests'),
    writeOutput: flags.boolean('write-output'),
    ...(flags.array('show-only').length > 0 ? { showOnly: flags.array('show-only') } : {}),
    ...texts({
      kubeVersion: flags.string('kube-version'),
      outputDirectory: flags.string('output-dir').replace(/\/$/, ''),
      outputDirectoryTemplate: flags.string('output-dir-template'),
      outputFileTemplate: flags.string('output-file-template'),
    }),
  };
}

function diffOptionsOf({ flags, settings, host }: CommandContext): DiffCommandOptions {
  const output = flags.string('output');
  const context = flags.integer('context');
  const color = settings.color ?? (host.isOutputTerminal || undefined);
  return {
    detailedExitCode: flags.boolean('detailed-exitcode'),
    context: context > 0 ? context : -1,
    // Unknown layouts print the ordinary one.
    ...(output === '' ? {} : { output: outputs.find((each) => each === output) ?? 'diff' }),
    stripTrailingCr: flags.boolean('strip-trailing-cr'),
    includeTests: flags.boolean('include-tests'),
    serverDryRun: flags.boolean('server-dry-run'),
    suppress: flags.array('suppress'),
    suppressSecrets: flags.boolean('suppress-secrets'),
    showSecrets: flags.boolean('show-secrets'),
    suppressDiff: flags.boolean('suppress-diff'),
    suppressOutputLineRegex: flags.array('suppress-output-line-regex'),
    skipDiffOnInstall: flags.boolean('skip-diff-on-install'),
    skipDiffValidationOnInstall: flags.boolean('skip-diff-validation-on-install'),
    // Where nobody decides, the variables of helm-diff do.
    ...(color === undefined ? {} : { color }),
  };
}
