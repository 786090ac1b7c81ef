import type { Shape } from './field.ts';

/** What a key may hold, in Go's terms. */
export type FieldType =
  | { readonly kind: 'string'; readonly choices?: readonly string[] }
  | { readonly kind: 'bool' }
  | { readonly kind: 'int' }
  | { readonly kind: 'float' }
  | { readonly kind: 'duration' }
  | { readonly kind: 'any' }
  /** An entry of a values list: text or a map. */
  | { readonly kind: 'values-entry' }
  | { readonly kind: 'list'; readonly item: FieldType }
  | { readonly kind: 'map'; readonly item: FieldType }
  | { readonly kind: 'block'; readonly shape: Shape }
  /** A list of `shape`, or a single one (`inherit` of old). */
  | { readonly kind: 'block-or-list'; readonly shape: Shape }
  /** A list of names, or a single one (`defaultInherit`). */
  | { readonly kind: 'name-or-names' }
  /** A path, or a block (`helmfiles[]`). */
  | { readonly kind: 'path-or-block'; readonly shape: Shape };

export const text: FieldType = { kind: 'string' };
export const flag: FieldType = { kind: 'bool' };
export const integer: FieldType = { kind: 'int' };
export const anything: FieldType = { kind: 'any' };
export const texts: FieldType = { kind: 'list', item: text };
export const valuesList: FieldType = { kind: 'list', item: { kind: 'values-entry' } };
export const anyList: FieldType = { kind: 'list', item: anything };
export const textMap: FieldType = { kind: 'map', item: text };

/** A string out of a closed set. Other strings decode too: a rule speaks about them. */
export function choice(...choices: readonly string[]): FieldType {
  return { kind: 'string', choices };
}

export function listOf(item: FieldType): FieldType {
  return { kind: 'list', item };
}

export function mapOf(item: FieldType): FieldType {
  return { kind: 'map', item };
}

export function block(shape: Shape): FieldType {
  return { kind: 'block', shape };
}

/** The type's name in Go's messages; `block` names the struct where the type is one of several forms. */
export function goTypeOf(type: FieldType): string {
  switch (type.kind) {
    case 'string':
      return 'string';
    case 'bool':
      return 'bool';
    case 'int':
      return 'int';
    case 'float':
      return 'float32';
    case 'duration':
      return 'time.Duration';
    case 'any':
    case 'values-entry':
      return 'interface {}';
    case 'list':
      return `[]${goTypeOf(type.item)}`;
    case 'map':
      return `map[string]${goTypeOf(type.item)}`;
    case 'block':
    case 'block-or-list':
      return type.shape.goType;
    case 'name-or-names':
      return 'string';
    case 'path-or-block':
      return 'state.SubHelmfileSpec';
  }
}
