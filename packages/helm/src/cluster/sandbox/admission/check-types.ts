/**
 * Whether an object has the shape of its kind: unknown fields and values of the wrong type. Comes in: an object and its
 * type. Goes out: problems, worded as a decoder (create, update, patch) or as server-side apply words them.
 */

import { writeJson } from '../../exact-json.ts';
import { objectOf } from '../../json-object.ts';
import { elementOf } from '../fields/field-set.ts';
import { anyType, fieldTypeOf, type ListType, type Scalar, type ValueType } from '../schema/type-schema.ts';

export type ShapeProblem =
  | { readonly problem: 'unknown'; readonly path: string }
  | {
      readonly problem: 'type';
      readonly path: string;
      readonly expected: 'list' | 'map' | Scalar;
      readonly value: unknown;
      readonly struct: string;
    }
  | { readonly problem: 'duplicate'; readonly path: string; readonly element: string }
  | { readonly problem: 'keyless'; readonly path: string; readonly index: number; readonly key: string };

interface Place {
  readonly path: string;
  /** The struct around it. */
  readonly struct: string;
}

/** In the order the object has them. */
export function shapeProblems(value: unknown, type: ValueType): readonly ShapeProblem[] {
  return problemsAt(value, type, { path: '', struct: type.kind === 'struct' ? type.name : '' });
}

function problemsAt(value: unknown, type: ValueType, place: Place): readonly ShapeProblem[] {
  if (value === null || value === undefined) return [];
  switch (type.kind) {
    case 'any':
      return [];
    case 'scalar':
      return fits(value, type.scalar) ? [] : [mismatch(value, type.scalar, place)];
    case 'list':
      return Array.isArray(value) ? itemProblems(value, type, place) : [mismatch(value, 'list', place)];
    case 'struct':
    case 'map':
      return memberProblems(value, type, place);
  }
}

function mismatch(value: unknown, expected: 'list' | 'map' | Scalar, { path, struct }: Place): ShapeProblem {
  return { problem: 'type', path, expected, value, struct };
}

function fits(value: unknown, scalar: Scalar): boolean {
  switch (scalar) {
    case 'string':
      return typeof value === 'string';
    case 'boolean':
      return typeof value === 'boolean';
    case 'integer':
    case 'number':
      return typeof value === 'number' || typeof value === 'bigint';
    case 'quantity':
      return typeof value === 'string' || typeof value === 'number';
  }
}

function memberProblems(
  value: unknown,
  type: Extract<ValueType, { readonly kind: 'struct' | 'map' }>,
  place: Place,
): readonly ShapeProblem[] {
  const object = objectOf(value);
  if (object === undefined) return [mismatch(value, 'map', place)];
  return Object.entries(object).flatMap(([name, member]) => {
    const path = `${place.path}.${name}`;
    if (type.kind === 'struct' && !type.fields.has(name)) return [{ problem: 'unknown', path } as const];
    const struct = type.kind === 'struct' ? type.name : place.struct;
    return problemsAt(member, fieldTypeOf(type, name) ?? anyType, { path, struct });
  });
}

function itemProblems(list: readonly unknown[], type: ListType, place: Place): readonly ShapeProblem[] {
  const inner = list.flatMap((item, index) =>
    problemsAt(item, type.items, { ...place, path: `${place.path}[${index}]` }),
  );
  return [...inner, ...(type.relation === 'atomic' ? [] : identityProblems(list, type, place.path))];
}

function identityProblems(list: readonly unknown[], type: ListType, path: string): readonly ShapeProblem[] {
  const seen = new Set<string>();
  return list.flatMap((item, index): readonly ShapeProblem[] => {
    const element = elementOf(item, type);
    if (element === undefined) {
      const key = type.keys.find((each) => objectOf(item)?.[each] === undefined) ?? '';
      return [{ problem: 'keyless', path, index, key }];
    }
    if (seen.has(element)) return [{ problem: 'duplicate', path, element }];
    seen.add(element);
    return [];
  });
}

/** Server-side apply's words. */
export function applyProblemText(problem: ShapeProblem): string {
  switch (problem.problem) {
    case 'unknown':
      return `${problem.path}: field not declared in schema`;
    case 'type':
      return `${problem.path}: ${expectation(problem.expected, problem.value)}`;
    case 'duplicate': {
      const keys = problem.element.startsWith('v:')
        ? `[=${problem.element.slice(2)}]`
        : `[${Object.entries(JSON.parse(problem.element.slice(2)) as object)
            .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
            .join(',')}]`;
      return `${problem.path}: duplicate entries for key ${keys}`;
    }
    case 'keyless':
      return `${problem.path}: element ${problem.index}: associative list with keys has an element that omits key field ${JSON.stringify(problem.key)} (and doesn't have default value)`;
  }
}

function expectation(expected: 'list' | 'map' | Scalar, value: unknown): string {
  switch (expected) {
    case 'integer':
    case 'number':
      return `expected numeric (int or float), got ${goKind(value)}`;
    case 'string':
    case 'boolean':
    case 'list':
    case 'map':
    case 'quantity':
      return `expected ${expected}, got &value.valueUnstructured{Value:${writeJson(value)}}`;
  }
}

function goKind(value: unknown): string {
  if (Array.isArray(value)) return 'list';
  return typeof value === 'object' ? 'map' : typeof value;
}

/** The decoder's words; undefined for what it does not mind. */
export function decodeProblemText(problem: ShapeProblem): string | undefined {
  if (problem.problem !== 'type') return undefined;
  const kinds = { string: 'string', number: 'number', boolean: 'bool', object: 'object' } as const;
  const kind = Array.isArray(problem.value) ? 'array' : kinds[typeof problem.value as keyof typeof kinds];
  const path = problem.path.replaceAll(/\[\d+\]/g, '');
  return `json: cannot unmarshal ${kind} into Go struct field ${problem.struct}${path} of type ${goType(problem.expected)}`;
}

function goType(expected: 'list' | 'map' | Scalar): string {
  switch (expected) {
    case 'integer':
      return 'int32';
    case 'number':
      return 'float64';
    case 'boolean':
      return 'bool';
    case 'list':
      return '[]';
    case 'map':
      return 'map[string]string';
    case 'string':
    case 'quantity':
      return 'string';
  }
}
