import { fstatSync, writeSync } from 'node:fs';

/**
 * Standard output or standard error. Files, pipes and sockets are written to without Node's streams, which take three to
 * eight milliseconds to make; terminals, and what takes no more at once, get the stream.
 */
export class StandardOutput {
  readonly #descriptor: 1 | 2;
  #isPlain: boolean | undefined;
  #isGuarded = false;

  constructor(descriptor: 1 | 2) {
    this.#descriptor = descriptor;
  }

  get isTerminal(): boolean {
    return !this.#hasPlainTarget() && this.#stream.isTTY === true;
  }

  write(text: string): void {
    this.#isPlain ??= this.#hasPlainTarget();
    const rest = this.#isPlain ? this.#writePlainly(Buffer.from(text)) : text;
    if (rest.length === 0) return;
    this.#isPlain = false;
    this.#writeToStream(rest);
  }

  get #stream(): NodeJS.WriteStream {
    return this.#descriptor === 1 ? process.stdout : process.stderr;
  }

  #hasPlainTarget(): boolean {
    if (process.platform === 'win32') return false;
    try {
      const target = fstatSync(this.#descriptor);
      return target.isFile() || target.isFIFO() || target.isSocket();
    } catch {
      return false;
    }
  }

  /** What could not be written: the stream waits for a pipe that takes no more at once, and deals with closed ones. */
  #writePlainly(bytes: Uint8Array): Uint8Array {
    let rest = bytes;
    try {
      while (rest.length > 0) rest = rest.subarray(writeSync(this.#descriptor, rest));
    } catch {
      // The stream meets the same error and reports it.
    }
    return rest;
  }

  /** A reader that has seen enough (`| head`) ends the output, not the run. */
  #writeToStream(text: string | Uint8Array): void {
    if (!this.#isGuarded) {
      this.#isGuarded = true;
      this.#stream.on('error', (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EPIPE') throw error;
      });
    }
    this.#stream.write(text);
  }
}
