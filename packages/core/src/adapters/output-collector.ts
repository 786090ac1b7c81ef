import { StringDecoder } from 'node:string_decoder';

/** What a child prints: both streams apart and in the order they arrived, bounded, with complete lines handed on at once. */
export class OutputCollector {
  readonly #limit: number;
  readonly #onOverLimit: () => void;
  readonly #lines: Readonly<Record<OutputStream, LineSplitter>> | undefined;
  readonly #chunks: { readonly stream: OutputStream; readonly bytes: Uint8Array }[] = [];
  #size = 0;

  constructor(limit: number, onOverLimit: () => void, onLine?: (stream: OutputStream, line: string) => void) {
    this.#limit = limit;
    this.#onOverLimit = onOverLimit;
    if (onLine !== undefined) {
      this.#lines = {
        stdout: new LineSplitter((line) => onLine('stdout', line)),
        stderr: new LineSplitter((line) => onLine('stderr', line)),
      };
    }
  }

  get isOverLimit(): boolean {
    return this.#size > this.#limit;
  }

  add(stream: OutputStream, bytes: Uint8Array): void {
    if (this.isOverLimit) return;
    this.#size += bytes.length;
    if (this.isOverLimit) {
      this.#onOverLimit();
      return;
    }
    this.#chunks.push({ stream, bytes });
    this.#lines?.[stream].add(bytes);
  }

  /** Everything collected; the last lines go out even without a line break. */
  take(): { readonly stdout: Uint8Array; readonly stderr: Uint8Array; readonly combined: Uint8Array } {
    this.#lines?.stdout.end();
    this.#lines?.stderr.end();
    return { stdout: this.#of('stdout'), stderr: this.#of('stderr'), combined: this.#of(undefined) };
  }

  #of(stream: OutputStream | undefined): Uint8Array {
    const wanted = this.#chunks.filter((chunk) => stream === undefined || chunk.stream === stream);
    const [only] = wanted;
    if (wanted.length === 1 && only !== undefined) return only.bytes;
    return Buffer.concat(wanted.map((chunk) => chunk.bytes));
  }
}

export type OutputStream = 'stdout' | 'stderr';

class LineSplitter {
  readonly #decoder = new StringDecoder('utf8');
  readonly #emit: (line: string) => void;
  #rest = '';

  constructor(emit: (line: string) => void) {
    this.#emit = emit;
  }

  add(bytes: Uint8Array): void {
    const lines = (this.#rest + this.#decoder.write(Buffer.from(bytes))).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#emit(line);
  }

  end(): void {
    const rest = this.#rest + this.#decoder.end();
    this.#rest = '';
    if (rest !== '') this.#emit(rest);
  }
}
