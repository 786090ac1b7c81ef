import { decodeBytes, fromJs, GoError, textsIn } from '@flotilla/gocompat';
import { ProcessError, type Processes, type ProcessResult } from '../ports/processes.ts';
import { SecretError, type SecretResolver } from '../ports/secret-resolver.ts';
import type { EffectAnswer, EffectRequest, ExecRequest, SecretsRequest } from './effects.ts';
import { execFailureText } from './exec-failure.ts';

/** What performing effects takes. */
export interface EffectPorts {
  readonly processes: Processes;
  readonly secrets: SecretResolver;
  readonly redactor: { readonly add: (text: string) => void };
}

/** Performs a suspended effect once; failures become answers, an abort rejects. */
export async function performEffect(
  request: EffectRequest,
  ports: EffectPorts,
  signal: AbortSignal,
): Promise<EffectAnswer> {
  signal.throwIfAborted();
  return request.kind === 'exec' ? await exec(request, ports, signal) : await fetch(request, ports, signal);
}

async function exec(request: ExecRequest, ports: EffectPorts, signal: AbortSignal): Promise<EffectAnswer> {
  const { command, args, env, stdin, directory } = request;
  try {
    const result = await ports.processes.run(
      { command, args, env, directory, ...(stdin === '' ? {} : { stdin }) },
      signal,
    );
    if (result.exitCode === 0) return { kind: 'value', value: decodeBytes(result.stdout) };
    return { kind: 'failure', message: failureText(request, result, ports) };
  } catch (error) {
    if (!(error instanceof ProcessError) || error.code === 'aborted') throw error;
    return { kind: 'failure', message: `unexpected error: ${startFailure(command, error)}` };
  }
}

function failureText(request: ExecRequest, result: ProcessResult, ports: EffectPorts): string {
  return execFailureText({
    path: ports.processes.locate(request.command) ?? request.command,
    argv: [request.command, ...request.args],
    error: result.signal === undefined ? `exit status ${result.exitCode}` : `signal: ${result.signal}`,
    exitStatus: result.exitCode ?? -1,
    stderr: decodeBytes(result.stderr),
    combined: decodeBytes(result.combined),
  });
}

function startFailure(command: string, error: ProcessError): string {
  if (error.code !== 'not-found') return error.message;
  return command.includes('/')
    ? `fork/exec ${command}: no such file or directory`
    : `exec: "${command}": executable file not found in $PATH`;
}

async function fetch(
  request: SecretsRequest,
  ports: EffectPorts,
  signal: AbortSignal,
): Promise<EffectAnswer> {
  try {
    const answers = await Promise.all(
      request.references.map(async (reference) => await ports.secrets.resolve(reference, signal)),
    );
    for (const text of textsIn(answers)) ports.redactor.add(text);
    return { kind: 'value', value: answers.map((answer) => fromJs(answer, 'int')) };
  } catch (error) {
    if (error instanceof SecretError || error instanceof GoError) {
      const subject = error instanceof SecretError ? `expand ${error.subject.replace(/^ref\+/, '')}: ` : '';
      return { kind: 'failure', message: subject + error.message };
    }
    throw error;
  }
}
