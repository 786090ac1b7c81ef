/**
 * Source: text with a name, and optionally the place it was cut out of.
 * In: text as read (line endings untouched). Out: positions that name the file a person edits.
 * Not its business: reading files, decoding bytes.
 */

/** Where an embedded text starts inside another source: a `---` part, a block scalar, an inline template. */
export interface SourceOrigin {
  readonly source: Source;
  /** 0-based line of `source` on which the embedded text begins. */
  readonly line: number;
  /** 0-based column added to every line of the embedded text (the indentation of a block scalar). */
  readonly column: number;
}

/** A named text. `name` is what messages print (a path as the user wrote it, or `<command line>`). */
export interface Source {
  readonly name: string;
  readonly text: string;
  readonly origin?: SourceOrigin;
}

/** Builds a source. */
export function source(name: string, text: string, origin?: SourceOrigin): Source {
  return origin === undefined ? { name, text } : { name, text, origin };
}
