/**
 * Go structs and other host objects that templates see: `.Chart`, `.Capabilities`, `.Environment`, certificates.
 * Subclasses (or instances built from tables) say which fields and methods templates may use.
 */

/** A callable method of a host object; arguments are template values, a thrown GoError becomes `error calling NAME`. */
export interface GoMethod {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly isVariadic?: boolean;
  readonly call: (...args: readonly unknown[]) => unknown;
}

export interface GoStructShape {
  /** As `%T` prints it, without the pointer: `app.Environment`. */
  readonly goType: string;
  readonly isPointer: boolean;
  /** Exported fields in declaration order, with their values. */
  readonly fields: ReadonlyMap<string, unknown>;
  readonly methods: ReadonlyMap<string, GoMethod>;
  /** What `%v` and a bare action print when the type has a String method. */
  readonly text?: () => string;
}

/** A struct (or pointer to one) as a template value. */
export class GoStruct implements GoStructShape {
  readonly goType: string;
  readonly isPointer: boolean;
  readonly fields: ReadonlyMap<string, unknown>;
  readonly methods: ReadonlyMap<string, GoMethod>;
  readonly text?: () => string;

  constructor(shape: GoStructShape) {
    this.goType = shape.goType;
    this.isPointer = shape.isPointer;
    this.fields = shape.fields;
    this.methods = shape.methods;
    if (shape.text !== undefined) this.text = shape.text;
  }
}

/** An error value, as sprig's must functions and Go methods return them; `message` is Go's text. */
export class GoError extends Error {
  override readonly name = 'GoError';
}
