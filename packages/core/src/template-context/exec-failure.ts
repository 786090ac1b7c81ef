/** What Helmfile 1.8.0 says about a program that ended badly. */
export interface ExecFailure {
  /** Absolute. */
  readonly path: string;
  /** With the command as given first. */
  readonly argv: readonly string[];
  /** `exit status 3` or `signal: killed`. */
  readonly error: string;
  readonly exitStatus: number;
  readonly stderr: string;
  readonly combined: string;
}

/** Helmfile's dump of a failed child process; its missing line break before the last line is kept. */
export function execFailureText(failure: ExecFailure): string {
  const encoder = new TextEncoder();
  const args = failure.argv.map(
    (arg, index) => `\n${indent(`${index}: ${arg} (${encoder.encode(arg).length} bytes)`)}`,
  );
  const sections = [
    `PATH:\n${indent(failure.path)}`,
    `\n\nARGS:${args.join('')}`,
    `\n\nERROR:\n${indent(failure.error)}`,
    `\n\nEXIT STATUS\n${indent(String(failure.exitStatus))}`,
    failure.stderr === '' ? '' : `\n\nSTDERR:\n${indent(failure.stderr)}`,
    failure.combined === '' ? '' : `\n\nCOMBINED OUTPUT:\n${indent(failure.combined)}`,
  ];
  return `command ${JSON.stringify(failure.path)} exited with non-zero status:\n\n${sections.join('')}`;
}

function indent(text: string): string {
  const lines = text.split('\n');
  const last = lines.length - 1;
  return lines
    .map((line, index) => (line === '' ? '' : `${index > 0 && index < last ? '\n' : ''}  ${line}`))
    .join('');
}
