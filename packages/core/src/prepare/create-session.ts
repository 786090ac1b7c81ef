import type { Redactor } from '@flotilla/diagnostics';
import { createEmit } from '../events/event-log.ts';
import type { CommandName, FlotillaEvent } from '../events/events.ts';
import { emitWithoutSecrets } from '../events/without-secrets.ts';
import type { HelmExecutor } from '../ports/executor.ts';
import type { Ports } from '../ports/ports.ts';
import { createRenderer } from '../template-context/create-renderer.ts';
import type { Capability } from '../template-context/render-context.ts';
import type { CommandOptions } from './command-options.ts';
import type { Mirror } from './mirrors.ts';
import { emptyMemo, kubeContextOf, type Session } from './session.ts';

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
  /** Learns every secret that is met, and masks them in what is told; give one to mask them elsewhere too. */
  readonly redactor?: Redactor;
}

/** Options with what one Flotilla has one of. */
export type FlotillaSetup = FlotillaOptions & Required<Pick<FlotillaOptions, 'redactor'>>;

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
  /** Directories whose files `--deny read` does not forbid. */
  readonly projectDirectories: readonly string[];
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
export function createSession(options: FlotillaSetup, call: SessionCall): Session {
  const { command, request, control } = call;
  const { ports, redactor } = options;
  const signal = control.signal ?? new AbortController().signal;
  const deny = options.deny ?? new Set<Capability>();
  return {
    command,
    options: request,
    ports,
    signal,
    emit: emitWithoutSecrets(redactor, createEmit(ports.clock, control.onEvent ?? (() => undefined))),
    renderer: createRenderer({ ports, redactor, signal, deny, projectDirectories: call.projectDirectories }),
    redactor,
    mirrors: options.mirrors ?? [],
    deny,
    executorFor: (file) =>
      call.executors.get({
        helmBinary: options.helmBinary ?? file.spec.helmBinary ?? 'helm',
        kubeContext: kubeContextOf(request, file),
      }),
    memo: emptyMemo(),
  };
}
