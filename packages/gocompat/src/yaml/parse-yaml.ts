/**
 * Reading YAML as Go programs do. Text comes in, Go values (or a tree with positions) go out. Two dialects: `v2` is
 * sigs.k8s.io/yaml over go-yaml v2 (Helm's values, manifests, `fromYaml`), `v3` is go-yaml v3 (Helmfile). Errors are
 * YamlErrors with Go's text and the exact place. Decoding into structs is the caller's business.
 */
import type { GoValue } from '../value/value.ts';
import { DecodeProblem } from './decode-problem.ts';
import { decodeV2 } from './decode-v2.ts';
import { decodeV3 } from './decode-v3.ts';
import { readJson } from './json-input.ts';
import type { YamlNode } from './node.ts';
import { Parser } from './parser.ts';
import { findReaderProblem, readableText } from './reader.ts';
import { placeAt, type YamlDialect, YamlError } from './yaml-error.ts';

export interface ParseYamlOptions {
  readonly dialect: YamlDialect;
  /** Integers as JS numbers (Go float64) or GoInt; `float64` in v2, `int` in v3 unless given. */
  readonly numbers?: 'float64' | 'int';
  /** v2 only: repeated keys are errors, as in sigs.k8s.io/yaml's `UnmarshalStrict`. */
  readonly isStrict?: boolean;
}

/** The first document of `text`, or null when there is none. Throws YamlError. */
export function parseYaml(text: string, options: ParseYamlOptions): GoValue {
  if (options.dialect === 'v2' && options.numbers !== 'int' && options.isStrict !== true) {
    const value = readJson(text);
    if (value !== undefined) return value as GoValue;
  }
  return readRoots(text, options, { limit: 1, map: (root) => rootToValue(root, options) })[0] ?? null;
}

/** All documents of `text`. Throws YamlError. */
export function parseYamlDocuments(text: string, options: ParseYamlOptions): GoValue[] {
  return readRoots(text, options, {
    limit: Number.POSITIVE_INFINITY,
    map: (root) => rootToValue(root, options),
  });
}

/** The tree of the first document, with positions, or null when there is none. Throws YamlError. */
export function parseYamlTree(text: string, options: ParseYamlOptions): YamlNode | null {
  return readRoots(text, options, { limit: 1, map: (root) => root })[0] ?? null;
}

/** The documents in front of the first problem, and the problem. */
export interface YamlTrees {
  readonly roots: readonly YamlNode[];
  readonly problem?: YamlError;
}

/** The trees of all documents of `text`. In v3 an anchor can be used in later documents. */
export function parseYamlTrees(text: string, options: ParseYamlOptions): YamlTrees {
  const roots: YamlNode[] = [];
  try {
    readRoots(text, options, { limit: Number.POSITIVE_INFINITY, map: (root) => roots.push(root) });
    return { roots };
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    return { roots, problem: error };
  }
}

/** The value of a tree of {@link parseYamlTree} or a part of it. `text` is what it was parsed from. Throws YamlError. */
export function nodeToValue(node: YamlNode, text: string, options: ParseYamlOptions): GoValue {
  return wording(options.dialect, text, () => rootToValue(node, options));
}

function rootToValue(root: YamlNode, { dialect, numbers, isStrict = false }: ParseYamlOptions): GoValue {
  if (dialect === 'v3') return decodeV3(root, numbers ?? 'int') as GoValue;
  return decodeV2(root, { numbers: numbers ?? 'float64', isStrict }) as GoValue;
}

interface Reading<T> {
  readonly limit: number;
  readonly map: (root: YamlNode) => T;
}

function readRoots<T>(given: string, { dialect }: ParseYamlOptions, reading: Reading<T>): T[] {
  const text = readableText(given);
  return wording(dialect, text, () => {
    const problem = findReaderProblem(text);
    if (problem === undefined) return collectRoots(new Parser(text, dialect), reading);
    const parser = new Parser(text.slice(0, problem.limit), dialect);
    const bad = (): YamlError => new YamlError(`yaml: ${problem.problem}`, placeAt(text, problem.offset));
    try {
      const roots = collectRoots(parser, reading);
      if (!reachesEnd(parser, problem.limit)) return roots;
    } catch (error) {
      if (!reachesEnd(parser, problem.limit)) throw error;
    }
    throw bad();
  });
}

/** True when the scanner has asked for more than what was decoded before a bad character. */
function reachesEnd(parser: Parser, limit: number): boolean {
  return parser.offset + 3 >= limit;
}

function collectRoots<T>(parser: Parser, { limit, map }: Reading<T>): T[] {
  const results: T[] = [];
  while (results.length < limit) {
    const root = parser.parseDocument();
    if (root === undefined) break;
    results.push(map(root));
  }
  return results;
}

function wording<T>(dialect: YamlDialect, text: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const yamlError = asYamlError(error, text);
    throw dialect === 'v2' ? yamlError.withPrefix('error converting YAML to JSON: ') : yamlError;
  }
}

function asYamlError(error: unknown, text: string): YamlError {
  if (error instanceof YamlError) return error;
  if (error instanceof DecodeProblem) return error.toYamlError(text);
  if (error instanceof RangeError)
    return new YamlError('yaml: exceeded max depth of 10000', placeAt(text, 0));
  throw error;
}
