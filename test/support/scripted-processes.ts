import { ProcessError, type Processes, type ProcessRequest, type ProcessResult } from '@flotilla/core';

/** How a scripted program ends. */
export interface ScriptedAnswer {
  readonly stdout?: string;
  readonly stderr?: string;
  readonly exitCode?: number;
}

export type Script = (
  request: ProcessRequest,
  signal: AbortSignal,
) => ScriptedAnswer | undefined | Promise<ScriptedAnswer | undefined>;

/** A Processes port whose programs are a function; every request is kept. Programs it has no answer for print nothing. */
export class ScriptedProcesses implements Processes {
  readonly requests: ProcessRequest[] = [];
  readonly #script: Script;

  constructor(script: Script) {
    this.#script = script;
  }

  /** Argument lists of everything that ran, without the program. */
  get argv(): readonly (readonly string[])[] {
    return this.requests.map((request) => request.args);
  }

  locate(command: string): string | undefined {
    return command.includes('/') ? command : `/usr/bin/${command}`;
  }

  async run(request: ProcessRequest, signal: AbortSignal): Promise<ProcessResult> {
    if (signal.aborted) throw new ProcessError('aborted', `${request.command} was not started`);
    this.requests.push(request);
    const answer = (await this.#script(request, signal)) ?? {};
    const { stdout = '', stderr = '', exitCode = 0 } = answer;
    for (const line of lines(stdout)) request.onLine?.('stdout', line);
    for (const line of lines(stderr)) request.onLine?.('stderr', line);
    const encoder = new TextEncoder();
    return {
      exitCode,
      signal: undefined,
      isTimedOut: false,
      stdout: encoder.encode(stdout),
      stderr: encoder.encode(stderr),
      combined: encoder.encode(stdout + stderr),
      durationMs: 0,
    };
  }
}

function lines(text: string): readonly string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}
