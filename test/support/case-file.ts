import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Parity cases: one text file each, files first, then command lines with what real helmfile 1.8.0 prints on stdout.
 *
 *   A sentence that says what the case shows.
 *   -- helmfile.yaml --
 *   releases: …
 *   -- $ FOO=bar helmfile -e prod build < input.yaml --
 *   expected stdout
 *   -- exit 1 --
 *   the error on stderr; ours says every line of it, and may say more
 *   -- > out/web.yaml --
 *   a file as the command leaves it
 *
 * A command without an exit line exits 0. `<WORK>` stands for the folder of the case. Lines of a file or of an output that
 * look like a marker are written with one more dash in front; a missing last line break is added.
 */

export interface CaseStep {
  /** As written after `$ `. */
  readonly line: string;
  readonly env: Readonly<Record<string, string>>;
  /** Arguments after `helmfile`. */
  readonly argv: readonly string[];
  /** File that is standard input. */
  readonly input: string | undefined;
  readonly stdout: string;
  readonly exitCode: number;
  /** What a failing command says on stderr. */
  readonly error: string;
  /** Files to look at afterwards. */
  readonly written: ReadonlyMap<string, string>;
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
    const last = steps.at(-1);
    if (title.startsWith('$ ')) steps.push(newStep(title.slice(2), body));
    else if (last === undefined) files.set(title, body);
    else steps[steps.length - 1] = completeStep(last, title, body);
  }
  return { why: sections[0]?.body.trim() ?? '', files, steps };
}

function newStep(line: string, stdout: string): CaseStep {
  return { ...parseLine(line), stdout, exitCode: 0, error: '', written: new Map() };
}

function completeStep(step: CaseStep, title: string, body: string): CaseStep {
  if (title.startsWith('> ')) return { ...step, written: new Map([...step.written, [title.slice(2), body]]) };
  if (/^exit \d+$/.test(title)) return { ...step, exitCode: Number(title.slice(5)), error: body };
  throw new Error(`files come before commands: ${title}`);
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

function parseLine(line: string): Pick<CaseStep, 'line' | 'env' | 'argv' | 'input'> {
  const words = splitWords(line);
  const at = words.indexOf('helmfile');
  if (at === -1) throw new Error(`not a helmfile command: ${line}`);
  const env = Object.fromEntries(
    words.slice(0, at).map((word) => word.split(/=(.*)/s).slice(0, 2) as [string, string]),
  );
  const argv = words.slice(at + 1);
  const redirect = argv.indexOf('<');
  if (redirect === -1) return { line, env, argv, input: undefined };
  return { line, env, argv: argv.slice(0, redirect), input: argv[redirect + 1] };
}

/** Words separated by blanks; single quotes keep blanks. */
function splitWords(line: string): readonly string[] {
  return [...line.matchAll(/(?:'[^']*'|[^\s'])+/g)].map(([word]) => word.replaceAll("'", ''));
}

/** The text of a case, the inverse of {@link parseCase}. */
export function printCase({ why, files, steps }: ParityCase): string {
  const parts = [`${why}\n`];
  for (const [name, content] of files) parts.push(`-- ${name} --\n${protect(content)}`);
  for (const { line, stdout, exitCode, error, written } of steps) {
    parts.push(`-- $ ${line} --\n${protect(stdout)}`);
    if (exitCode !== 0) parts.push(`-- exit ${exitCode} --\n${protect(error)}`);
    for (const [name, content] of written) parts.push(`-- > ${name} --\n${protect(content)}`);
  }
  return parts.join('');
}

function protect(text: string): string {
  return closed(text).replaceAll(/^-- .+ --$/gm, (line) => `-${line}`);
}

/** The text with a line break at its end, as cases keep texts. */
export function closed(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
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

/** The files a step names, as they are in the folder now. */
export function readWritten(step: CaseStep, folder: string): ReadonlyMap<string, string> {
  const read = (name: string): string => {
    const path = join(folder, name);
    return existsSync(path) ? closed(normalise(readFileSync(path, 'utf8'), folder)) : '(not written)\n';
  };
  return new Map([...step.written.keys()].map((name) => [name, read(name)]));
}

/** Replaces what differs from run to run. */
export function normalise(text: string, folder: string): string {
  return text.replaceAll(folder, '<WORK>').replaceAll(/(helmfile-)[0-9a-f]{8}(?=-|\/)/g, '$1<SHA>');
}

/** The error of a failing command: without what is told on the way, and without the trace of a panic. */
export function errorText(stderr: string, folder: string): string {
  const said = normalise(stderr, folder)
    .replaceAll(/^WARNING: .*\n/gm, '')
    .replace(/^goroutine \d+ \[running\]:[\s\S]*/m, '');
  const start = said.search(/^(?:in |err: )/m);
  return start === -1 ? said : said.slice(start);
}
