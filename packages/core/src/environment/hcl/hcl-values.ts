/**
 * HCL values files (Helmfile 1.8.0). In: the files of one values list. Out: one map; names in several files merge in their order.
 * `local.x` is a local of the same file, `hv.x` any value of any file. All numbers become float64.
 */

import { positionIn, type Source, type Span, span } from '@flotilla/diagnostics';
import { Dict, GoError } from '@flotilla/gocompat';
import { shortestCycle } from '../../graph/cycle.ts';
import { buildGraph, undefinedNeeds } from '../../graph/graph.ts';
import { orderOf } from '../../graph/order.ts';
import { evaluateHcl } from './evaluate-hcl.ts';
import { hclFunctions } from './hcl-functions.ts';
import { type HclAttribute, HclError } from './hcl-node.ts';
import { parseHcl } from './parse-hcl.ts';
import { referencesOf } from './references.ts';

/** A problem of an HCL file, at its place. */
export class HclValuesError extends GoError {
  readonly span: Span | undefined;

  constructor(message: string, place: Span | undefined) {
    super(message);
    this.span = place;
  }
}

interface Definition {
  readonly attribute: HclAttribute;
  readonly file: Source;
}

/** Evaluates all files together. Throws HclValuesError. */
export function evaluateHclValues(files: readonly Source[]): Dict {
  const locals = new Map<Source, Dict>();
  const values = new Map<string, Definition[]>();
  for (const file of files) {
    const own = new Map<string, Definition[]>();
    for (const { type, attributes } of inFile(file, () => parseHcl(file.text))) {
      const target = type === 'locals' ? own : values;
      for (const attribute of attributes) {
        target.set(attribute.name, [...(target.get(attribute.name) ?? []), { attribute, file }]);
      }
    }
    locals.set(file, evaluateAll(own, 'local', new Map()));
  }
  return evaluateAll(values, 'hv', locals);
}

function inFile<T>(file: Source, run: () => T, prefix = ''): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof HclError)) throw error;
    const place = span(file, error.range.start, error.range.end);
    throw new HclValuesError(`${prefix}${located(place, error.message)}`, place);
  }
}

/** HCL's own form of places: `values.hcl:2,7-12: …`. */
function located(place: Span, message: string): string {
  const from = positionIn(place.source, place.start);
  const to = positionIn(place.source, place.end);
  const end = to.line === from.line ? String(to.column) : `${to.line},${to.column}`;
  return `${place.source.name}:${from.line},${from.column}-${end}: ${message}`;
}

function evaluateAll(
  definitions: ReadonlyMap<string, readonly Definition[]>,
  root: 'local' | 'hv',
  locals: ReadonlyMap<Source, Dict>,
): Dict {
  const result = new Dict();
  for (const name of evaluationOrder(definitions, root)) {
    for (const definition of definitions.get(name) ?? []) {
      const variables = new Map<string, unknown>([[root, result]]);
      const own = locals.get(definition.file);
      if (own !== undefined) variables.set('local', own);
      const { attribute, file } = definition;
      const value = inFile(
        file,
        () => evaluateHcl(attribute.value, { variables, functions: hclFunctions() }),
        `error when trying to evaluate variable ${name} : `,
      );
      result[name] = name in result ? mergeValues(result[name], value) : value;
    }
  }
  return result;
}

function evaluationOrder(
  definitions: ReadonlyMap<string, readonly Definition[]>,
  root: 'local' | 'hv',
): readonly string[] {
  const graph = buildGraph(
    [...definitions].map(([id, list]) => ({ id, needs: list.flatMap((each) => needsOf(each, root)) })),
  );
  const [missing] = undefinedNeeds(graph);
  if (missing !== undefined) {
    const by = missing.neededBy.map((each) => `"${each}"`).join(', ');
    throw new HclValuesError(
      `variables ${by} depend(s) on undefined vars "${missing.id}"`,
      spanOfName(definitions, missing.neededBy[0]),
    );
  }
  const cycle = shortestCycle(graph);
  if (cycle !== undefined) {
    const trail = [...cycle].reverse().join(' -> ');
    throw new HclValuesError(
      `error while building the DAG variable graph : cycle detected: ${trail}`,
      spanOfName(definitions, cycle[0]),
    );
  }
  return orderOf(graph);
}

function spanOfName(
  definitions: ReadonlyMap<string, readonly Definition[]>,
  name: string | undefined,
): Span | undefined {
  const definition = definitions.get(name ?? '')?.[0];
  return definition === undefined
    ? undefined
    : span(definition.file, definition.attribute.start, definition.attribute.end);
}

function needsOf({ attribute, file }: Definition, root: 'local' | 'hv'): readonly string[] {
  return referencesOf(attribute.value).flatMap((reference) => {
    if (reference.root === 'local' && root === 'hv') return [];
    if (typeof reference.attribute === 'string') return [reference.attribute];
    const detail =
      reference.attribute === undefined
        ? `The "${reference.root}" object cannot be accessed directly. Instead, access it from one of its root.`
        : `The "${reference.root}" object does not support this operation.`;
    const { node } = reference;
    const place = span(file, node.kind === 'index' ? node.of.end : node.start, node.end);
    throw new HclValuesError(located(place, `Invalid reference; ${detail}`), place);
  });
}

/** A null keeps what was there, objects merge, everything else is replaced. */
function mergeValues(base: unknown, over: unknown): unknown {
  if (over === null) return base;
  if (!(base instanceof Dict) || !(over instanceof Dict)) return over;
  const merged = new Dict();
  for (const key in base) merged[key] = base[key];
  for (const key in over) merged[key] = key in base ? mergeValues(base[key], over[key]) : over[key];
  return merged;
}
