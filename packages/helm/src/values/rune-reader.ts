/** A cursor over the runes of an expression. */
export class RuneReader {
  #rest: string;
  readonly #hasEscapes: boolean;

  /** With `hasEscapes`, a backslash takes the next rune literally and is dropped. */
  constructor(text: string, hasEscapes: boolean) {
    this.#rest = text.replace(/[\ud800-\udfff]/gu, '\ufffd');
    this.#hasEscapes = hasEscapes;
  }

  /** What has not been read. */
  get rest(): string {
    return this.#rest;
  }

  get atEnd(): boolean {
    return this.#rest === '';
  }

  /** Drops `length` UTF-16 units. */
  advance(length: number): void {
    this.#rest = this.#rest.slice(length);
  }

  /** Reads `rune` if it is next. */
  skip(rune: string): boolean {
    if (!this.#rest.startsWith(rune)) return false;
    this.advance(rune.length);
    return true;
  }

  /** Reads up to and including one of the `stops`; `stop` is undefined when the text ends first. */
  until(stops: string): { readonly text: string; readonly stop: string | undefined } {
    let text = '';
    let i = 0;
    for (; i < this.#rest.length; i += 1) {
      const unit = this.#rest.charAt(i);
      if (stops.includes(unit)) {
        this.advance(i + 1);
        return { text, stop: unit };
      }
      if (unit === '\\' && this.#hasEscapes) {
        const escaped = this.#rest.codePointAt(i + 1);
        if (escaped === undefined) break;
        const rune = String.fromCodePoint(escaped);
        text += rune;
        i += rune.length;
      } else {
        text += unit;
      }
    }
    this.#rest = '';
    return { text, stop: undefined };
  }
}
