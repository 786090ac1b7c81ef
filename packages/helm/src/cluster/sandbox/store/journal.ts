/**
 * The journal: one line per change, appended; what is needed of it is written anew when most of it is history. Comes in:
 * changes. Goes out: the changes of everybody, in order. Not its business: locking (node-file-lock.ts) and what they mean.
 */
import { randomUUID } from 'node:crypto';
import {
  appendFileSync,
  closeSync,
  fstatSync,
  openSync,
  readSync,
  renameSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { ClusterError } from '../../cluster-error.ts';
import { readJson, writeJson } from '../../exact-json.ts';
import { type JsonObject, objectOf, textAt } from '../../json-object.ts';

export interface Change {
  readonly version: number;
  /** `apps/deployments` */
  readonly kind: string;
  /** `namespace/name` */
  readonly id: string;
  /** Undefined: deleted. */
  readonly object: JsonObject | undefined;
}

/** What reading brought: `isNew` when all that was known before is to be forgotten. */
export interface Reading {
  readonly isNew: boolean;
  readonly version: number;
  readonly changes: readonly Change[];
}

const format = 'flotilla-sandbox/1';

export class Journal {
  readonly #path: string;
  #epoch = '';
  #offset = 0;
  #seen = '';
  /** Bytes after the last rewrite. */
  #base = 0;

  constructor(path: string) {
    this.#path = path;
  }

  /** Everything written since the last reading. */
  read(): Reading {
    const none: Reading = { isNew: false, version: 0, changes: [] };
    const mark = markOf(this.#path);
    if (mark === this.#seen) return none;
    if (mark === '') return none;
    const file = openSync(this.#path, 'r');
    try {
      const header = readHeader(file, this.#path);
      const isNew = header.epoch !== this.#epoch;
      const from = isNew ? header.length : this.#offset;
      const text = readFrom(file, from);
      const end = text.lastIndexOf(0x0a) + 1;
      this.#epoch = header.epoch;
      this.#offset = from + end;
      this.#seen = mark;
      if (isNew) this.#base = this.#offset;
      return { isNew, version: header.version, changes: parseLines(text.subarray(0, end).toString()) };
    } finally {
      closeSync(file);
    }
  }

  /** Adds changes behind what was read; only under the lock and after reading. */
  append(changes: readonly Change[]): void {
    const text = Buffer.from(changes.map(lineOf).join(''));
    if (this.#epoch === '')
      throw new ClusterError('the sandbox journal was not opened', { reason: 'Other', status: 0 });
    if (statSync(this.#path).size > this.#offset) truncateSync(this.#path, this.#offset);
    appendFileSync(this.#path, text);
    this.#offset += text.length;
    this.#seen = markOf(this.#path);
  }

  get isMissing(): boolean {
    return markOf(this.#path) === '';
  }

  /** True when most of the file is history. */
  get wantsRewrite(): boolean {
    return this.#offset > 4_000_000 && this.#offset > 4 * this.#base;
  }

  /** Writes the present state in place of the history; only under the lock. */
  rewrite(version: number, state: Iterable<Change>): void {
    const epoch = randomUUID();
    const header = `${JSON.stringify({ format, epoch, version })}\n`;
    const text = Buffer.from(header + [...state].map(lineOf).join(''));
    const next = `${this.#path}.next`;
    writeFileSync(next, text);
    renameSync(next, this.#path);
    this.#epoch = epoch;
    this.#offset = text.length;
    this.#base = text.length;
    this.#seen = markOf(this.#path);
  }
}

function markOf(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? '' : `${found.ino} ${found.size} ${found.mtimeMs}`;
}

function readHeader(
  file: number,
  path: string,
): { readonly epoch: string; readonly version: number; readonly length: number } {
  const buffer = Buffer.alloc(512);
  const text = buffer.subarray(0, readSync(file, buffer, 0, buffer.length, 0));
  const end = text.indexOf(0x0a);
  const header = end === -1 ? undefined : objectOf(tryParse(text.subarray(0, end).toString()));
  if (header === undefined || textAt(header, 'format') !== format) {
    throw new ClusterError(`${path} is no journal of a sandbox cluster`, {
      reason: 'Configuration',
      status: 0,
    });
  }
  return { epoch: textAt(header, 'epoch'), version: Number(header['version']), length: end + 1 };
}

function readFrom(file: number, from: number): Buffer {
  const buffer = Buffer.alloc(Math.max(0, fstatSync(file).size - from));
  return buffer.subarray(0, readSync(file, buffer, 0, buffer.length, from));
}

function lineOf({ version, kind, id, object }: Change): string {
  return `${writeJson({ version, kind, id, object })}\n`;
}

function parseLines(text: string): readonly Change[] {
  return text.split('\n').flatMap((line) => {
    const change = line === '' ? undefined : objectOf(tryParse(line));
    if (change === undefined) return [];
    return [
      {
        version: Number(change['version']),
        kind: textAt(change, 'kind'),
        id: textAt(change, 'id'),
        object: objectOf(change['object']),
      },
    ];
  });
}

function tryParse(text: string): unknown {
  try {
    return readJson(text);
  } catch {
    return undefined;
  }
}
