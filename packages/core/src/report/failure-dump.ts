import type { Transcript } from '../ports/executor.ts';

/**
 * The report Helmfile 1.8.0 prints for a child that failed: path, numbered arguments, exit status, output (helmfile-cli.md §2.3).
 * The line that lacks a break at the end of unterminated output is Helmfile's, too.
 */
export function failureDump(transcript: Transcript): string {
  const program = transcript.program ?? transcript.argv[0] ?? '';
  const { argv } = transcript;
  const status = transcript.exitCode ?? -1;
  const cause = transcript.signal === undefined ? `exit status ${status}` : `signal: ${transcript.signal}`;
  const sections = [
    `PATH:\n${indent(program)}`,
    `ARGS:\n${indent(argv.map((arg, index) => `${index}: ${arg} (${byteCount(arg)} bytes)\n`).join(''))}`,
    `ERROR:\n${indent(cause)}`,
    `EXIT STATUS\n${indent(String(status))}`,
  ];
  if (transcript.stderr !== '') sections.push(`STDERR:\n${indent(transcript.stderr)}`);
  const combined = transcript.combined ?? '';
  if (combined !== '') sections.push(`COMBINED OUTPUT:\n${indent(combined)}`);
  return `command "${program}" exited with non-zero status:\n\n${sections.join('\n\n')}`;
}

function byteCount(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** Two spaces before each line; empty lines vanish; no break goes before the last piece, so unterminated text loses one. */
function indent(text: string): string {
  const pieces = text.split('\n');
  const lastIndex = pieces.length - 1;
  return pieces
    .map((piece, index) => {
      if (piece === '') return '';
      return index > 0 && index < lastIndex ? `\n  ${piece}` : `  ${piece}`;
    })
    .join('');
}
