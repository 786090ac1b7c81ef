/**
 * Secret: a value no printer can show, and the redactor every printer runs its text through.
 * In: values the moment they are read. Out: text with the values replaced.
 */

const mask = '***';

/** Wraps a value so that printing, JSON and inspection show only `***`. */
export class Secret<T> {
  readonly #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  /** The value itself. Call only where it is used, never where it is printed. */
  reveal(): T {
    return this.#value;
  }

  toString(): string {
    return mask;
  }

  toJSON(): string {
    return mask;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return mask;
  }
}

/** Replaces every known secret text. Texts shorter than four characters are left out: they would eat ordinary words. */
export class Redactor {
  readonly #texts = new Set<string>();
  #pattern: RegExp | undefined;

  /** Adds a secret; each line of a multi-line text counts on its own too. So do base64, JSON and URL forms of them. */
  add(text: string): void {
    const parts = [text, text.trim(), ...text.split('\n').map((line) => line.trim())];
    for (const part of parts) {
      if (part.length < 4) continue;
      this.#texts.add(part);
      this.#texts.add(Buffer.from(part, 'utf8').toString('base64'));
      this.#texts.add(JSON.stringify(part).slice(1, -1));
      this.#texts.add(encodeURIComponent(part.replaceAll(/\p{Surrogate}/gu, '\u{fffd}')));
    }
    this.#pattern = undefined;
  }

  /** `text` with every added secret replaced by `***`, longest first. */
  redact(text: string): string {
    if (this.#texts.size === 0) return text;
    this.#pattern ??= this.#compile();
    return text.replace(this.#pattern, mask);
  }

  /** `text` with every added secret painted over, so that offsets and lines stay where they are. */
  cover(text: string): string {
    if (this.#texts.size === 0) return text;
    this.#pattern ??= this.#compile();
    return text.replace(this.#pattern, (secret) => secret.replaceAll(/[^\r\n]/g, '*'));
  }

  #compile(): RegExp {
    const longestFirst = [...this.#texts].sort((a, b) => b.length - a.length);
    return new RegExp(longestFirst.map((each) => each.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'), 'g');
  }
}

/** A URL without its user information and without query values that look like credentials. */
export function redactUrl(text: string): string {
  return text
    .replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#\s]+@/i, `$1${mask}@`)
    .replace(/([?&][^=&#\s]*(?:token|password|secret|key|signature)[^=&#\s]*=)[^&#\s]*/gi, `$1${mask}`);
}
