/**
 * Field tables: the helmfile language as data. A table gives the decoder, the suggestions for unknown keys, the merge rules and
 * the JSON Schema of its block.
 * Not its business: any particular block.
 */
import type { FieldType } from './field-type.ts';

/** A key of a block. */
export interface Field {
  readonly type: FieldType;
  /** One sentence for people and editors. */
  readonly doc: string;
  /** A Go pointer: an explicit zero value is not the same as none when specs merge. */
  readonly isNullable?: true;
  /** Helmfile prints it even when it is zero. */
  readonly isAlwaysPrinted?: true;
  /** What to say when it is used, as an imperative. */
  readonly deprecation?: string;
}

/** A block: its Go struct and its keys, in the order in which Helmfile 1.8.0 prints them. */
export interface Shape {
  /** Its name in the JSON Schema. */
  readonly name: string;
  /** The type name in Go's messages. */
  readonly goType: string;
  readonly title: string;
  readonly fields: Readonly<Record<string, Field>>;
  /** Keys of older Helmfile versions: accepted, with a deprecation. */
  readonly legacy?: Readonly<Record<string, LegacyKey>>;
  /** Keys that people look for and that are not there: what to do instead. */
  readonly absent?: Readonly<Record<string, string>>;
}

/** A key that is not in the table and loads all the same. */
export interface LegacyKey {
  /** The key that took over; without one the value is dropped. */
  readonly renamedTo?: string;
  /** What to do about it; without one nothing is said (Helmfile accepts it silently too). */
  readonly deprecation?: string;
}

/** The table for a spec type: every key of `T`, and no other. */
export type FieldsOf<T> = Readonly<Record<keyof T & string, Field>>;

type FieldOptions = Omit<Field, 'type' | 'doc'>;

/** A key of the given type. */
export function field(type: FieldType, doc: string, options: FieldOptions = {}): Field {
  return { type, doc, ...options };
}

/** A key of a pointer type. */
export function nullable(type: FieldType, doc: string, options: FieldOptions = {}): Field {
  return { type, doc, isNullable: true, ...options };
}

/** A key that Helmfile prints even when it is zero. */
export function printed(type: FieldType, doc: string, options: FieldOptions = {}): Field {
  return { type, doc, isAlwaysPrinted: true, ...options };
}
