import type { Capability } from '@flotilla/core';
import type { FlagValues } from './flags/flag-values.ts';
import { UsageError } from './flags/parse-arguments.ts';
import type { Host } from './host.ts';

/**
 * Global settings: flags with the environment behind them, decided once.
 * In: parsed flags and the host. Out: plain data every command reads.
 * The environment counts as Helmfile 1.8.0 counts it: `true` exactly for switches, any text for paths and names.
 */

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'dpanic' | 'panic' | 'fatal';
const logLevels: readonly LogLevel[] = ['debug', 'info', 'warn', 'error', 'dpanic', 'panic', 'fatal'];

const capabilities: readonly Capability[] = ['exec', 'read', 'remote', 'secrets'];

export interface Settings {
  readonly file: string;
  readonly environment: string;
  readonly selectors: readonly string[];
  readonly stateValuesSet: readonly string[];
  readonly stateValuesSetString: readonly string[];
  readonly stateValuesFiles: readonly string[];
  readonly namespace: string;
  readonly chart: string;
  readonly kubeContext: string;
  readonly kubeconfig: string;
  readonly helmBinary: string;
  readonly kustomizeBinary: string;
  readonly skipDeps: boolean;
  readonly skipRefresh: boolean;
  readonly stripArgsValuesOnExitError: boolean;
  readonly disableForceUpdate: boolean;
  readonly enforcePluginVerification: boolean;
  readonly ociPlainHttp: boolean;
  readonly repoRetries: number;
  readonly logLevel: LogLevel;
  readonly isDebug: boolean;
  /** What the user asked for; undefined leaves it to the terminal. */
  readonly color: boolean | undefined;
  readonly allowNoMatchingRelease: boolean;
  readonly allowFailedReleases: boolean;
  readonly enableLiveOutput: boolean;
  readonly isInteractive: boolean;
  readonly isSequential: boolean;
  readonly executor: 'native' | 'helm' | undefined;
  /** Render with both executors and compare. */
  readonly verifyExecutor: boolean;
  readonly mirrors: readonly string[];
  readonly deny: readonly Capability[];
  readonly logFormat: 'text' | 'json';
}

/** Reads one flag with its environment variable behind it. */
interface Reader {
  readonly flags: FlagValues;
  readonly env: Host['env'];
  readonly text: (name: string, variable: string, otherwise?: string) => string;
  readonly isOn: (name: string, variable: string) => boolean;
}

function readerOf(flags: FlagValues, env: Host['env']): Reader {
  return {
    flags,
    env,
    text: (name, variable, otherwise = '') => flags.string(name) || env[variable] || otherwise,
    isOn: (name, variable) => (flags.wasGiven(name) ? flags.boolean(name) : env[variable] === 'true'),
  };
}

/** Decides every global setting. Throws {@link UsageError} for contradictions. */
export function resolveSettings(flags: FlagValues, host: Host): Settings {
  const reader = readerOf(flags, host.env);
  return {
    ...stateSettings(reader),
    ...helmSettings(reader),
    ...outputSettings(reader),
    ...ourSettings(reader),
  };
}

type StateSettings = Pick<
  Settings,
  | 'file'
  | 'environment'
  | 'selectors'
  | 'stateValuesSet'
  | 'stateValuesSetString'
  | 'stateValuesFiles'
  | 'namespace'
  | 'chart'
  | 'kubeContext'
  | 'kubeconfig'
  | 'allowNoMatchingRelease'
  | 'allowFailedReleases'
  | 'isSequential'
>;

function stateSettings({ flags, text }: Reader): StateSettings {
  return {
    file: text('file', 'HELMFILE_FILE_PATH'),
    environment: text('environment', 'HELMFILE_ENVIRONMENT', 'default'),
    selectors: flags.array('selector'),
    stateValuesSet: flags.array('state-values-set'),
    stateValuesSetString: flags.array('state-values-set-string'),
    stateValuesFiles: flags.array('state-values-file'),
    namespace: text('namespace', 'HELMFILE_NAMESPACE'),
    chart: flags.string('chart'),
    kubeContext: text('kube-context', 'HELMFILE_KUBE_CONTEXT'),
    kubeconfig: flags.string('kubeconfig'),
    allowNoMatchingRelease: flags.boolean('allow-no-matching-release'),
    allowFailedReleases: flags.boolean('allow-failed-releases'),
    isSequential: flags.boolean('sequential-helmfiles'),
  };
}

type HelmSettings = Pick<
  Settings,
  | 'helmBinary'
  | 'kustomizeBinary'
  | 'skipDeps'
  | 'skipRefresh'
  | 'disableForceUpdate'
  | 'enforcePluginVerification'
  | 'ociPlainHttp'
  | 'repoRetries'
  | 'enableLiveOutput'
>;

function helmSettings({ flags, env, text }: Reader): HelmSettings {
  return {
    helmBinary: text('helm-binary', 'HELMFILE_HELM_BINARY', 'helm'),
    kustomizeBinary: text('kustomize-binary', 'HELMFILE_KUSTOMIZE_BINARY', 'kustomize'),
    skipDeps: flags.boolean('skip-deps'),
    skipRefresh: flags.boolean('skip-refresh'),
    disableForceUpdate: flags.boolean('disable-force-update'),
    enforcePluginVerification: flags.boolean('enforce-plugin-verification'),
    ociPlainHttp: flags.boolean('oci-plain-http'),
    repoRetries: repoRetries(flags, env['HELMFILE_REPO_RETRIES']),
    enableLiveOutput: flags.boolean('enable-live-output'),
  };
}

type OutputSettings = Pick<
  Settings,
  'stripArgsValuesOnExitError' | 'logLevel' | 'isDebug' | 'color' | 'isInteractive'
>;

function outputSettings(reader: Reader): OutputSettings {
  const isDebug = reader.isOn('debug', 'HELMFILE_DEBUG');
  return {
    stripArgsValuesOnExitError: reader.flags.boolean('strip-args-values-on-exit-error'),
    logLevel: logLevel(reader, isDebug),
    isDebug,
    color: colorChoice(reader),
    isInteractive: reader.isOn('interactive', 'HELMFILE_INTERACTIVE'),
  };
}

type OurSettings = Pick<Settings, 'executor' | 'verifyExecutor' | 'mirrors' | 'deny' | 'logFormat'>;

function ourSettings(reader: Reader): OurSettings {
  const { flags, env } = reader;
  return {
    executor: executorChoice(reader),
    verifyExecutor: reader.isOn('verify-executor', 'FLOTILLA_VERIFY_EXECUTOR'),
    mirrors: [...flags.array('mirror'), ...(env['FLOTILLA_MIRRORS'] ?? '').split(',')].filter(
      (each) => each !== '',
    ),
    deny: flags
      .array('deny')
      .flatMap((each) => each.split(','))
      .map((each) => oneOf('deny', each, capabilities)),
    logFormat: oneOf('log-format', flags.string('log-format') || 'text', ['text', 'json']),
  };
}

function oneOf<T extends string>(name: string, value: string, choices: readonly T[]): T {
  const found = choices.find((each) => each === value);
  if (found !== undefined) return found;
  throw new UsageError(`--${name} must be one of ${choices.join(', ')}, got: ${value}`, value, choices);
}

function repoRetries(flags: FlagValues, variable: string | undefined): number {
  if (flags.wasGiven('repo-retries')) return flags.integer('repo-retries');
  return variable !== undefined && /^[0-9]+$/.test(variable) ? Number(variable) : 0;
}

function logLevel(reader: Reader, isDebug: boolean): LogLevel {
  if (isDebug) return 'debug';
  if (reader.isOn('quiet', 'HELMFILE_QUIET')) return 'warn';
  return oneOf('log-level', reader.text('log-level', 'HELMFILE_LOG_LEVEL', 'info').toLowerCase(), logLevels);
}

function colorChoice({ flags, env }: Reader): boolean | undefined {
  if (flags.boolean('color') && flags.boolean('no-color')) {
    throw new UsageError('--color and --no-color cannot be specified at the same time', '--no-color');
  }
  if (flags.boolean('color')) return true;
  const isOff =
    flags.boolean('no-color') || env['HELMFILE_NO_COLOR'] === 'true' || (env['NO_COLOR'] ?? '') !== '';
  return isOff ? false : undefined;
}

function executorChoice({ flags, env, text }: Reader): Settings['executor'] {
  const asked = text('executor', 'FLOTILLA_EXECUTOR');
  if (asked !== '') return oneOf<'native' | 'helm'>('executor', asked, ['native', 'helm']);
  return flags.wasGiven('helm-binary') || (env['HELMFILE_HELM_BINARY'] ?? '') !== '' ? 'helm' : undefined;
}
