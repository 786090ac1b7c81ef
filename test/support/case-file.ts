import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Parity cases: one text file each, files first, then command lines with what real helmfile 1.8.0 prints on stdout.
 *
 *   A sentence that says what the case shows.
 *   -- helmfile.yaml --
 *   releases: …
 *   -- $ FOO=bar helmfile -e prod build --
 *   expected stdout
 *   -- exit 1 --
 *
 * A command without an exit line exits 0. `<WORK>` stands for the folder of the case. Lines of a file or of an output that
 * look like a marker are written with one more dash in front.
 */

export interface CaseStep {
  /** As written after `$ `. */
  readonly line: string;
  readonly env: Readonly<Record<string, string>>;
  /** Arguments after `helmfile`. */
  readonly argv: readonly string[];
  readonly stdout: string;
  readonly exitCode: number;
}

export interface ParityCase {
  readonly why: string;
  readonly files: ReadonlyMap<string, string>;
  readonly steps: readonly CaseStep[];
}

const marker = /^-- (.+) --$/;

/** Reads a case; a broken one is an error with its line. */
export function parseCase(text: string): ParityCase {
  const files = new Map<string, string>();
  const steps: CaseStep[] = [];
  const sections = cutSections(text);
  for (const { title, body } of sections.slice(1)) {
    if (title.startsWith('$ ')) steps.push({ ...parseLine(title.slice(2)), stdout: body, exitCode: 0 });
    else if (/^exit \d+$/.test(title)) {
      const last = steps.pop();
      if (last === undefined) throw new Error('an exit line must follow a command');
      steps.push({ ...last, exitCode: Number(title.slice(5)) });
    } else files.set(title, body);
  }
  return { why: sections[0]?.body.trim() ?? '', files, steps };
}

interface Section {
  readonly title: string;
  readonly body: string;
}

function cutSections(text: string): readonly Section[] {
  const sections: { title: string; lines: string[] }[] = [{ title: '', lines: [] }];
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  for (const line of lines) {
    const match = marker.exec(line);
    if (match !== null) sections.push({ title: match[1] ?? '', lines: [] });
    else
      sections
        .at(-1)
        ?.lines.push(line.startsWith('--- ') && marker.test(line.slice(1)) ? line.slice(1) : line);
  }
  return sections.map(({ title, lines: body }) => ({
    title,
    body: body.map((line) => `${line}\n`).join(''),
  }));
}

function parseLine(line: string): Pick<CaseStep, 'line' | 'env' | 'argv'> {
  const words = splitWords(line);
  const at = words.indexOf('helmfile');
  if (at === -1) throw new Error(`not a helmfile command: ${line}`);
  const env = Object.fromEntries(
    words.slice(0, at).map((word) => word.split(/=(.*)/s).slice(0, 2) as [string, string]),
  );
  return { line, env, argv: words.slice(at + 1) };
}

/** Words separated by blanks; single quotes keep blanks. */
function splitWords(line: string): readonly string[] {
  return [...line.matchAll(/(?:'[^']*'|[^\s'])+/g)].map(([word]) => word.replaceAll("'", ''));
}

/** The text of a case, the inverse of {@link parseCase}. */
export function printCase({ why, files, steps }: ParityCase): string {
  const parts = [`${why}\n`];
  for (const [name, content] of files) parts.push(`-- ${name} --\n${protect(content)}`);
  for (const { line, stdout, exitCode } of steps) {
    parts.push(`-- $ ${line} --\n${protect(stdout)}${exitCode === 0 ? '' : `-- exit ${exitCode} --\n`}`);
  }
  return parts.join('');
}

function protect(text: string): string {
  const closed = text === '' || text.endsWith('\n') ? text : `${text}\n`;
  return closed.replaceAll(/^-- .+ --$/gm, (line) => `-${line}`);
}

/** Lays the files of a case into a folder; `.sh` files become executable. */
export function layFiles(files: ReadonlyMap<string, string>, folder: string): void {
  for (const [name, content] of files) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    if (name.endsWith('.sh')) chmodSync(path, 0o755);
  }
}

/** Replaces what differs from run to run. */
export function normalise(text: string, folder: string): string {
  return text.replaceAll(folder, '<WORK>').replaceAll(/(helmfile-)[0-9a-f]{8}(?=-|\/)/g, '$1<SHA>');
}
