import { decodeBytes } from '@flotilla/gocompat';
import type { ReleaseKey } from '../../desired/desired-state.ts';
import { classifyFailure, failureSentence } from '../../ports/classify-failure.ts';
import { type CallContext, ExecutorError, type Transcript } from '../../ports/executor.ts';
import { ProcessError, type Processes, type ProcessResult } from '../../ports/processes.ts';

/**
 * One run of the helm binary. In: argv after the frame. Out: what it printed, or an ExecutorError with a transcript whose argv
 * shows no set values and no passwords (those go through stdin). Not its business: flags, what output means.
 */

export interface HelmFrame {
  readonly helmBinary: string;
  readonly kubeconfig?: string;
  /** Context in front of every verb; Helmfile puts `helmDefaults.kubeContext` there. */
  readonly kubeContext?: string;
  /** Leaves set values readable in events and transcripts (`--strip-args-values-on-exit-error=false`). */
  readonly showsSetValues?: boolean;
  /** Directory helm runs in when a call names none. */
  readonly directory: string;
}

export interface HelmCall {
  readonly args: readonly string[];
  readonly key?: ReleaseKey;
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Leaves `--kubeconfig` and `--kube-context` out. */
  readonly isBare?: boolean;
}

export interface HelmOutput {
  readonly stdout: string;
  readonly stderr: string;
}

export class HelmProcess {
  readonly frame: HelmFrame;
  readonly #processes: Processes;

  constructor(processes: Processes, frame: HelmFrame) {
    this.#processes = processes;
    this.frame = frame;
  }

  /** Output of a run that ended well; rejects with an ExecutorError otherwise. */
  async run(call: HelmCall, context: CallContext): Promise<HelmOutput> {
    const { result, transcript } = await this.#start(call, context);
    if (result.exitCode === 0) return { stdout: transcript.stdout, stderr: transcript.stderr };
    throw failureOf(call, transcript);
  }

  /** Output of a run however it ended. */
  async runToEnd(
    call: HelmCall,
    context: CallContext,
  ): Promise<HelmOutput & { readonly isOk: boolean; readonly transcript: Transcript }> {
    const { result, transcript } = await this.#start(call, context);
    return {
      stdout: transcript.stdout,
      stderr: transcript.stderr,
      isOk: result.exitCode === 0,
      transcript,
    };
  }

  async #start(
    call: HelmCall,
    context: CallContext,
  ): Promise<{ readonly result: ProcessResult; readonly transcript: Transcript }> {
    const { helmBinary } = this.frame;
    const directory = context.directory ?? this.frame.directory;
    const argv = [helmBinary, ...this.#frameArgs(call), ...call.args];
    context.emit({ type: 'executor.command', argv: this.#visible(argv) });
    try {
      const result = await this.#processes.run(
        {
          command: helmBinary,
          args: argv.slice(1),
          directory,
          ...(call.stdin === undefined ? {} : { stdin: call.stdin }),
          ...(call.env === undefined ? {} : { env: call.env }),
          onLine: (stream, line) => context.emit({ type: 'executor.output', stream, line }),
        },
        context.signal,
      );
      return { result, transcript: this.#transcript(argv, result) };
    } catch (error) {
      throw this.#notRun({ call, argv, error });
    }
  }

  #frameArgs(call: HelmCall): readonly string[] {
    if (call.isBare === true) return [];
    const { kubeconfig = '', kubeContext = '' } = this.frame;
    return [
      ...(kubeconfig === '' ? [] : ['--kubeconfig', kubeconfig]),
      ...(kubeContext === '' ? [] : ['--kube-context', kubeContext]),
    ];
  }

  #visible(argv: readonly string[]): readonly string[] {
    return this.frame.showsSetValues === true ? argv : stripValues(argv);
  }

  #transcript(argv: readonly string[], result: ProcessResult): Transcript {
    const program = this.#processes.locate(this.frame.helmBinary);
    return {
      argv: this.#visible(argv),
      exitCode: result.exitCode,
      signal: result.signal,
      durationMs: result.durationMs,
      stdout: decodeBytes(result.stdout),
      stderr: decodeBytes(result.stderr),
      combined: decodeBytes(result.combined),
      ...(program === undefined ? {} : { program }),
    };
  }

  #notRun(failure: {
    readonly call: HelmCall;
    readonly argv: readonly string[];
    readonly error: unknown;
  }): unknown {
    const { call, argv, error } = failure;
    if (!(error instanceof ProcessError)) return error;
    const details = {
      cause: error,
      ...(call.key === undefined ? {} : { key: call.key }),
      ...(error.result === undefined ? {} : { transcript: this.#transcript(argv, error.result) }),
    };
    switch (error.code) {
      case 'not-found':
      case 'not-executable':
        return new ExecutorError('helm-not-found', error.message, details);
      case 'aborted':
        return new ExecutorError('aborted', error.message, details);
      case 'output-too-large':
      case 'io':
        return new ExecutorError('unclassified', error.message, details);
    }
  }
}

/** The error a call that ended badly is reported as. */
export function failureOf(call: HelmCall, transcript: Transcript): ExecutorError {
  const [verb = ''] = call.args;
  const sentence = failureSentence(transcript.stderr);
  return new ExecutorError(
    classifyFailure({ verb, stderr: transcript.stderr }),
    sentence === '' ? silentFailure(verb, transcript) : sentence,
    { transcript, ...(call.key === undefined ? {} : { key: call.key }) },
  );
}

/** How a helm without last words ended. */
function silentFailure(verb: string, { signal, exitCode }: Transcript): string {
  return signal === undefined
    ? `helm ${verb} failed with exit code ${exitCode} and said nothing`
    : `helm ${verb} was ended by ${signal}`;
}

const stripped = '*** STRIP ***';

/** argv as anyone may see it: what follows a `--set…` flag masked, behind a blank or (unlike Helmfile) an equals sign. */
function stripValues(argv: readonly string[]): readonly string[] {
  return argv.map((arg, index) => {
    if (argv[index - 1]?.startsWith('--set') === true) return stripped;
    const flag = /^--set[a-z-]*=/.exec(arg)?.[0];
    return flag === undefined ? arg : flag + stripped;
  });
}
