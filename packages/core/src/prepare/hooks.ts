import { type Diagnostic, errorDiagnostic } from '@flotilla/diagnostics';
import {
  Dict,
  decodeBytes,
  GoError,
  type GoMethod,
  GoStruct,
  type GoValue,
  parseBool,
  stringMap,
} from '@flotilla/gocompat';
import { TemplateError } from '@flotilla/gotemplate';
import type { DesiredRelease, DesiredStateFile } from '../desired/desired-state.ts';
import type { Transcript } from '../ports/executor.ts';
import { ProcessError } from '../ports/processes.ts';
import type { HookEvent } from '../spec/closed-sets.ts';
import type { HookSpec } from '../spec/release-spec.ts';
import { releaseData } from '../template-context/template-data.ts';
import { spanOf } from '../yaml/provenance.ts';
import { log, type Session } from './session.ts';

/**
 * Hooks: programs a state file wants run at moments (helmfile-cli.md §7). In: the moment, the file, perhaps a release. Out: the
 * first failure, or nothing. Deals with templates in commands, working directory and output. What a failure means is the
 * caller's business.
 */

export interface HookMoment {
  readonly event: HookEvent;
  readonly file: DesiredStateFile;
  readonly release?: DesiredRelease;
  /** What templates see as `.HelmfileCommand`. */
  readonly command: string;
  /** What templates see as `.Event.Error`. */
  readonly error?: string;
  /** Local chart of the release, once it is prepared. */
  readonly chartPath?: string;
}

export interface HookFailure {
  readonly hook: string;
  /** Helmfile's words, without the report of the child. */
  readonly message: string;
  /** The same at the line of the hook. */
  readonly diagnostic: Diagnostic;
  readonly transcript?: Transcript;
}

type HookProblem = Omit<HookFailure, 'diagnostic'>;

/** Runs the hooks of a moment in order; the first failure ends it. */
export async function runHooks(session: Session, moment: HookMoment): Promise<HookFailure | undefined> {
  const all = hooksOf(moment);
  if (all.length === 0) return undefined;
  if (parseBool(session.ports.environment['HELMFILE_DISABLE_HOOKS'] ?? '') === true) {
    const message = 'HELMFILE_DISABLE_HOOKS is active, hooks are disabled';
    return { hook: '', message, diagnostic: errorDiagnostic('hook/failed', message) };
  }
  for (const hook of all) {
    if (hook.events?.includes(moment.event) !== true) continue;
    const problem = await runHook(session, moment, hook);
    if (problem === undefined) continue;
    const span = spanOf(hook, 'command') ?? spanOf(hook);
    return { ...problem, diagnostic: errorDiagnostic('hook/failed', problem.message, { span }) };
  }
  return undefined;
}

function hooksOf({ file, release }: HookMoment): readonly HookSpec[] {
  return (release === undefined ? file.spec.hooks : release.spec.hooks) ?? [];
}

async function runHook(
  session: Session,
  moment: HookMoment,
  hook: HookSpec,
): Promise<HookProblem | undefined> {
  const plain = commandOf(hook);
  const name = nameOf(hook, plain);
  if (plain.problem !== undefined) return { hook: name, message: plain.problem };
  if (plain.warning !== undefined) log(session, 'warn', plain.warning);
  const about = {
    event: moment.event,
    hook: name,
    ...(moment.release === undefined ? {} : { release: moment.release.id }),
  };
  session.emit({ type: 'hook.started', ...about });
  const failure = await runCommand(session, moment, { ...plain, name, showsLogs: hook.showlogs === true });
  session.emit({ type: 'hook.finished', ...about, isOk: failure === undefined });
  return failure;
}

interface HookCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly warning?: string;
  readonly problem?: string;
}

/** A `kubectlApply` block stands for a kubectl command. */
function commandOf(hook: HookSpec): HookCommand {
  const { command = '', args = [] } = hook;
  const kubectlApply = applied(hook);
  if (kubectlApply === undefined) return { command, args };
  const { filename = '', kustomize = '' } = kubectlApply;
  const label = hook.name ?? 'kubectlApply';
  if (filename !== '' && kustomize !== '') {
    return { command, args, problem: `hook[${label}]: kustomize & filename cannot be used together` };
  }
  if (filename === '' && kustomize === '') {
    return { command, args, problem: `hook[${label}]: either kustomize or filename must be given` };
  }
  const target = filename === '' ? ['-k', kustomize] : ['-f', filename];
  const warning = `warn: ignoring command '${command}' given within a kubectlApply hook`;
  return { command: 'kubectl', args: ['apply', ...target], ...(command === '' ? {} : { warning }) };
}

function nameOf(hook: HookSpec, { command }: HookCommand): string {
  if (hook.name !== undefined && hook.name !== '') return hook.name;
  return applied(hook) === undefined ? command : 'kubectlApply';
}

/** The `kubectlApply` block; an empty one is none. */
function applied({ kubectlApply }: HookSpec): HookSpec['kubectlApply'] {
  return Object.keys(kubectlApply ?? {}).length === 0 ? undefined : kubectlApply;
}

interface NamedCommand extends HookCommand {
  readonly name: string;
  readonly showsLogs: boolean;
}

async function runCommand(
  session: Session,
  moment: HookMoment,
  given: NamedCommand,
): Promise<HookProblem | undefined> {
  const { name, showsLogs } = given;
  let { command } = given;
  try {
    const [program = '', ...args] = await Promise.all(
      [command, ...given.args].map((text) => renderHookText(session, moment, text)),
    );
    command = program;
    if (command === '') throw new ProcessError('not-found', 'exec: no command');
    const directory = moment.file.baseDirectory;
    const result = await session.ports.processes.run({ command, args, directory }, session.signal);
    const transcript: Transcript = {
      ...result,
      program: session.ports.processes.locate(command) ?? command,
      argv: [command, ...args],
      stdout: decodeBytes(result.stdout),
      stderr: decodeBytes(result.stderr),
      combined: decodeBytes(result.combined),
    };
    if (showsLogs) log(session, 'info', logText(moment.event, transcript.stdout));
    if (result.exitCode === 0) return undefined;
    return { hook: name, message: `hook[${name}]: command \`${command}\` failed`, transcript };
  } catch (error) {
    if (error instanceof TemplateError || error instanceof GoError) {
      return { hook: name, message: `hook[${name}]: ${error.message}` };
    }
    if (!(error instanceof ProcessError)) throw error;
    return {
      hook: name,
      message: `hook[${name}]: command \`${command}\` failed: unexpected error: ${error.message}`,
    };
  }
}

/** Every line, even the empty one after the last break, on a line of its own behind the prefix. */
function logText(event: HookEvent, stdout: string): string {
  const prefix = `\nhook[${event}] logs | `;
  return prefix + stdout.replaceAll('\n', prefix);
}

async function renderHookText(session: Session, moment: HookMoment, text: string): Promise<string> {
  const { file } = moment;
  return await session.renderer.render({
    source: { name: `hook ${moment.event}`, text },
    data: hookData(moment),
    base: { absolute: file.baseDirectory, printed: file.printedBaseDirectory },
    scope: `hook ${moment.event} ${moment.release?.id ?? file.name}`,
  });
}

/** The map hooks see; `.Values` and `.Release` only where there is a release. */
function hookData(moment: HookMoment): Dict {
  const { event, file, release, command, error } = moment;
  const { environment, values } = file;
  const overrides = file.overrides;
  const nobody = { name: '', namespace: '', labels: {}, chart: '', version: '', kubeContext: '' };
  const shared = releaseData({ environment, values, overrides, release: nobody }).fields;
  const data = new Dict();
  data['Environment'] = shared.get('Environment') as GoValue;
  data['Namespace'] = overrides.namespace;
  data['Event'] = struct('event.event', {
    Name: event,
    Error: error === undefined ? null : (new GoError(error) as unknown as GoValue),
  });
  data['HelmfileCommand'] = command;
  if (release === undefined) return data;
  data['Values'] = values;
  data['Release'] = releaseStruct(release, moment.chartPath ?? '');
  return data;
}

/** All fields of a release under their Go names; absent ones have Go's zero values where templates are likely to ask. */
function releaseStruct({ key, spec, labels }: DesiredRelease, chartPath: string): GoStruct {
  const fields: Record<string, GoValue> = { Version: '', Description: '', ForceNamespace: '' };
  for (const [name, value] of Object.entries(spec)) fields[goName(name)] = value as GoValue;
  return struct('state.ReleaseSpec', {
    ...fields,
    Name: key.name,
    Namespace: key.namespace,
    KubeContext: key.kubeContext,
    Chart: spec.chart,
    ChartPath: chartPath,
    Labels: stringMap(Object.entries(labels)),
  });
}

function goName(key: string): string {
  if (key === 'set') return 'SetValues';
  if (key === 'setString') return 'SetStringValues';
  return key.slice(0, 1).toUpperCase() + key.slice(1);
}

const noMethods: ReadonlyMap<string, GoMethod> = new Map();

function struct(goType: string, fields: Readonly<Record<string, GoValue>>): GoStruct {
  return new GoStruct({
    goType,
    isPointer: false,
    fields: new Map(Object.entries(fields)),
    methods: noMethods,
  });
}
