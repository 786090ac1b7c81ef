import type { Redactor } from '@flotilla/diagnostics';
import type { DesiredRelease, DesiredStateFile } from '../desired/desired-state.ts';
import type { CommandName, Emit, LogLevel } from '../events/events.ts';
import {
  type CallContext,
  ExecutorError,
  type ExecutorEvent,
  type HelmExecutor,
  type PreparedChart,
} from '../ports/executor.ts';
import type { Ports } from '../ports/ports.ts';
import type { DecryptedFile } from '../ports/secret-resolver.ts';
import type { Capability } from '../template-context/render-context.ts';
import type { TemplateRenderer } from '../template-context/template-renderer.ts';
import type { CommandOptions } from './command-options.ts';
import type { Mirror } from './mirrors.ts';

/** One command at work: its ports, its options, what it has fetched already. Made by the facade, shared by every stage. */
export interface Session {
  readonly command: CommandName;
  readonly options: CommandOptions;
  readonly ports: Ports;
  readonly signal: AbortSignal;
  readonly emit: Emit;
  readonly renderer: TemplateRenderer;
  readonly redactor: Redactor;
  readonly mirrors: readonly Mirror[];
  readonly deny: ReadonlySet<Capability>;
  readonly executorFor: (file: DesiredStateFile) => HelmExecutor;
  readonly memo: SessionMemo;
}

/** What is done once per run however many releases ask for it. */
export interface SessionMemo {
  /** Names of repositories that were added or logged in to. */
  readonly connected: Set<string>;
  /** Downloads by destination. */
  readonly charts: Map<string, Promise<PreparedChart>>;
  /** Versions that constraints on registry charts stand for. */
  readonly versions: Map<string, Promise<string>>;
  /** Decrypted files by absolute path; failures are kept, too. */
  readonly decrypted: Map<string, Promise<DecryptedFile>>;
  /** Answers to `ref+…` references. */
  readonly references: Map<string, unknown>;
  /** References that are being asked for. */
  readonly asked: Map<string, Promise<void>>;
}

/** A memo with nothing in it. */
export function emptyMemo(): SessionMemo {
  return {
    connected: new Set(),
    charts: new Map(),
    versions: new Map(),
    decrypted: new Map(),
    references: new Map(),
    asked: new Map(),
  };
}

/** Where relative paths of a file's releases lead: its own directory where Helmfile would change into it. */
export function workingDirectoryOf(session: Session, file: DesiredStateFile): string {
  return file.printedBaseDirectory === '.' ? file.baseDirectory : session.ports.workingDirectory;
}

/** The kube context of releases that name none; empty means the current one. */
export function kubeContextOf(options: CommandOptions, { spec }: DesiredStateFile): string {
  return options.kubeContext ?? spec.helmDefaults?.kubeContext ?? '';
}

/** The context of executor calls for a file, or for one of its releases. */
export function callContext(session: Session, file: DesiredStateFile, release?: DesiredRelease): CallContext {
  const about = release === undefined ? {} : { release: release.id };
  return {
    signal: session.signal,
    directory: workingDirectoryOf(session, file),
    run: session.memo,
    emit: (event) => forward(session, event, about),
  };
}

function forward(
  session: Session,
  event: ExecutorEvent,
  about: { readonly release?: DesiredRelease['id'] },
): void {
  switch (event.type) {
    case 'executor.command':
    case 'executor.output':
    case 'executor.progress':
      session.emit({ ...event, ...about });
      break;
    case 'executor.retry':
      session.emit(event);
      log(session, 'warn', event.reason);
      break;
    case 'executor.warning':
      log(session, 'warn', event.message);
      break;
  }
}

/** Says what Helmfile's logger says here. */
export function log(session: Session, level: LogLevel, message: string): void {
  session.emit({ type: 'helmfile.log', level, message });
}

/** helm's stdout as Helmfile logs it: without trailing line breaks, and not at all when it is empty. */
export function logOutput(session: Session, text: string): void {
  const trimmed = text.replace(/\n+$/, '');
  if (trimmed !== '') log(session, 'info', trimmed);
}

/** What a call gives; Helmfile logs what a failed helm printed on stdout, so that goes to the log first. */
export async function withFailureOutput<T>(session: Session, call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof ExecutorError) logOutput(session, error.transcript?.stdout ?? '');
    throw error;
  }
}

/** helm's stdout as Helmfile prints it: with a line break more, and not at all when it is empty. */
export function printOutput(session: Session, text: string): void {
  if (text !== '') session.emit({ type: 'product', text: `${text}\n` });
}
