import { Redactor } from '@flotilla/diagnostics';
import { createEmit } from '../events/event-log.ts';
import type { CommandName, Emit, FlotillaEvent, FlotillaEventBody } from '../events/events.ts';
import type { HelmExecutor } from '../ports/executor.ts';
import type { Ports } from '../ports/ports.ts';
import { EffectLedger } from '../template-context/effects.ts';
import { performEffect } from '../template-context/perform-effect.ts';
import type { Capability } from '../template-context/render-context.ts';
import { TemplateRenderer } from '../template-context/template-renderer.ts';
import type { CommandOptions } from './command-options.ts';
import type { Mirror } from './mirrors.ts';
import { emptyMemo, type Session } from './session.ts';

/** What decides which executor serves a state file. */
export interface ExecutorSettings {
  readonly helmBinary: string;
  /** `helmDefaults.kubeContext`, or the command's override. */
  readonly kubeContext: string;
}

export interface FlotillaOptions {
  readonly ports: Ports;
  /** Called once for each distinct pair of settings. */
  readonly executor: (settings: ExecutorSettings) => HelmExecutor;
  readonly mirrors?: readonly Mirror[];
  readonly deny?: ReadonlySet<Capability>;
  /** `--helm-binary`: overrides what state files say. */
  readonly helmBinary?: string;
}

/** How a caller follows and stops a command. */
export interface CommandControl {
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: FlotillaEvent) => void;
}

export interface SessionCall {
  readonly command: CommandName;
  readonly request: CommandOptions;
  readonly control: CommandControl;
  readonly executors: Executors;
}

/** The executors of a Flotilla: one for each pair of settings, kept until it is closed. */
export class Executors implements AsyncDisposable {
  readonly #create: FlotillaOptions['executor'];
  readonly #known = new Map<string, HelmExecutor>();

  constructor(create: FlotillaOptions['executor']) {
    this.#create = create;
  }

  get(settings: ExecutorSettings): HelmExecutor {
    const key = JSON.stringify([settings.helmBinary, settings.kubeContext]);
    const executor = this.#known.get(key) ?? this.#create(settings);
    this.#known.set(key, executor);
    return executor;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const executors = [...this.#known.values()];
    this.#known.clear();
    await Promise.all(executors.map((executor) => executor[Symbol.asyncDispose]()));
  }
}

/** A session for one command. */
export function createSession(options: FlotillaOptions, call: SessionCall): Session {
  const { command, request, control } = call;
  const { ports } = options;
  const redactor = new Redactor();
  const signal = control.signal ?? new AbortController().signal;
  const deny = options.deny ?? new Set<Capability>();
  return {
    command,
    options: request,
    ports,
    signal,
    emit: redacted(redactor, createEmit(ports.clock, control.onEvent ?? (() => undefined))),
    renderer: createRenderer(options, { redactor, signal, deny }),
    redactor,
    mirrors: options.mirrors ?? [],
    deny,
    executorFor: ({ spec }) =>
      call.executors.get({
        helmBinary: options.helmBinary ?? spec.helmBinary ?? 'helm',
        kubeContext: request.kubeContext ?? spec.helmDefaults?.kubeContext ?? '',
      }),
    memo: emptyMemo(),
  };
}

function createRenderer(
  { ports }: FlotillaOptions,
  given: {
    readonly redactor: Redactor;
    readonly signal: AbortSignal;
    readonly deny: ReadonlySet<Capability>;
  },
): TemplateRenderer {
  const { files, environment } = ports;
  return new TemplateRenderer({
    world: {
      files,
      environment,
      redactor: given.redactor,
      deny: given.deny,
      isInsecureDisabled: [
        'HELMFILE_DISABLE_INSECURE_FEATURES',
        'HELMFILE_DISABLE_INSECURE_TEMPLATE_FUNCTIONS',
      ].some((name) => environment[name] === 'true'),
      projectDirectories: [ports.workingDirectory],
    },
    host: ports.templateHost,
    ledger: new EffectLedger(),
    perform: (request) => performEffect(request, { ...ports, redactor: given.redactor }, given.signal),
  });
}

/** Keeps secrets out of everything that is told but the product itself. */
function redacted(redactor: Redactor, emit: Emit): Emit {
  return (event) => emit(withoutSecrets(redactor, event));
}

function withoutSecrets(redactor: Redactor, event: FlotillaEventBody): FlotillaEventBody {
  switch (event.type) {
    case 'executor.command':
      return { ...event, argv: event.argv.map((arg) => redactor.redact(arg)) };
    case 'executor.output':
      return { ...event, line: redactor.redact(event.line) };
    case 'executor.progress':
    case 'helmfile.log':
      return { ...event, message: redactor.redact(event.message) };
    default:
      return event;
  }
}
