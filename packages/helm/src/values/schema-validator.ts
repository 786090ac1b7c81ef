/**
 * Validation of values against a JSON schema, problems worded and nested as Helm 4.3.1 prints them. Comes in: a schema
 * document and a value. Goes out: the problem, or nothing. Properties are visited in the order of their names; Helm's own
 * order is random. Not its business: loading schemas from elsewhere, checking the schema itself.
 */
import { compileRegexp, Dict, GoInt, runeCount, sortedKeys } from '@flotilla/gocompat';
import { jsonEqual } from './json-equal.ts';
import { checkArray } from './schema-array.ts';
import type { Schema, SchemaDocument } from './schema-document.ts';
import { checkNumber, enumMessage, shownValue } from './schema-number.ts';
import { checkObject } from './schema-object.ts';
import { gather, grouped, problem, quoteSingle, type SchemaProblem } from './schema-problem.ts';

/** Says why a text does not have a format, or nothing when it has. */
export type FormatCheck = (format: string, text: string) => string | undefined;

export interface ValidatorOptions {
  readonly formats: FormatCheck;
  readonly onUnresolvedUrn: (urn: string) => void;
}

/** One schema applied to one value. */
export interface SchemaVisit {
  readonly schema: Dict;
  readonly path: readonly string[];
  /** Applies another schema to a part of the value. */
  readonly part: (schema: unknown, value: unknown, key: string) => SchemaProblem | undefined;
  /** Applies another schema to the value itself. */
  readonly same: (schema: unknown) => SchemaProblem | undefined;
  readonly document: SchemaDocument;
  /** Keys and indexes that some keyword has looked at. */
  readonly evaluated: Set<string>;
}

const maximumDepth = 500;

export class SchemaValidator {
  readonly #document: SchemaDocument;
  readonly #options: ValidatorOptions;

  constructor(document: SchemaDocument, options: ValidatorOptions) {
    this.#document = document;
    this.#options = options;
  }

  validate(value: unknown): SchemaProblem | undefined {
    return this.#check(this.#document.root, value, { path: [], evaluated: new Set(), depth: 0 });
  }

  #check(schema: unknown, value: unknown, at: Place): SchemaProblem | undefined {
    if (schema === false) return problem(at.path, 'false schema');
    if (!(schema instanceof Dict)) return undefined;
    if (at.depth > maximumDepth) return problem(at.path, 'reference cycle');
    const visit: SchemaVisit = {
      schema,
      path: at.path,
      document: this.#document,
      evaluated: new Set(),
      part: (inner, item, key) =>
        this.#check(inner, item, { path: [...at.path, key], evaluated: new Set(), depth: at.depth + 1 }),
      same: (inner) =>
        this.#check(inner, value, { path: at.path, evaluated: visit.evaluated, depth: at.depth + 1 }),
    };
    const found = this.#keywords(visit, value);
    if (found === undefined && this.#document.tracksEvaluated) {
      for (const key of visit.evaluated) at.evaluated.add(key);
    }
    return found;
  }

  /** The first of type, const, enum and format that fails hides everything else. */
  #keywords(visit: SchemaVisit, value: unknown): SchemaProblem | undefined {
    const { schema, path } = visit;
    const basic =
      typeProblem(schema['type'], value) ??
      constProblem(schema['const'], value) ??
      enumProblem(schema['enum'], value) ??
      this.#formatProblem(schema['format'], value);
    if (basic !== undefined) return problem(path, basic);
    const referred = this.#reference(visit);
    if (schema['$ref'] !== undefined && this.#document.draft < 2019) return referred;
    const problems = [
      ...(referred === undefined ? [] : [referred]),
      ...checkByType(visit, value),
      ...checkConditions(visit),
      ...unevaluated(visit, value),
    ];
    return gather(path, problems);
  }

  #reference(visit: SchemaVisit): SchemaProblem | undefined {
    const reference = visit.schema['$ref'] ?? visit.schema['$dynamicRef'] ?? visit.schema['$recursiveRef'];
    if (typeof reference !== 'string') return undefined;
    const found = visit.same(this.#document.resolve(visit.schema, reference, this.#options.onUnresolvedUrn));
    if (found === undefined) return undefined;
    const causes = found.kind === 'group' ? found.causes : [found];
    return { path: visit.path, message: 'validation failed', causes, kind: 'reference' };
  }

  /** From 2019 on `format` is only a note. */
  #formatProblem(format: unknown, value: unknown): string | undefined {
    if (this.#document.draft >= 2019 || typeof format !== 'string' || typeof value !== 'string') {
      return undefined;
    }
    const reason = this.#options.formats(format, value);
    return reason === undefined ? undefined : `${quoteSingle(value)} is not valid ${format}: ${reason}`;
  }
}

interface Place {
  readonly path: readonly string[];
  readonly evaluated: Set<string>;
  readonly depth: number;
}

const typeOrder = ['null', 'boolean', 'number', 'integer', 'string', 'array', 'object'];

function jsonType(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'number' || value instanceof GoInt) return 'number';
  if (Array.isArray(value)) return 'array';
  return value instanceof Dict ? 'object' : typeof value;
}

function isInteger(value: unknown): boolean {
  return value instanceof GoInt || Number.isInteger(value);
}

function typeProblem(type: unknown, value: unknown): string | undefined {
  const wanted = typeof type === 'string' ? [type] : Array.isArray(type) ? type : [];
  if (wanted.length === 0) return undefined;
  const got = jsonType(value);
  if (wanted.includes(got) || (wanted.includes('integer') && isInteger(value))) return undefined;
  return `got ${got}, want ${typeOrder.filter((each) => wanted.includes(each)).join(' or ')}`;
}

function constProblem(wanted: unknown, value: unknown): string | undefined {
  if (wanted === undefined || jsonEqual(value, wanted)) return undefined;
  const isPlain = !Array.isArray(wanted) && !(wanted instanceof Dict);
  return isPlain ? `value must be ${shownValue(wanted)}` : "'const' failed";
}

function enumProblem(wanted: unknown, value: unknown): string | undefined {
  if (!Array.isArray(wanted) || wanted.some((each) => jsonEqual(value, each))) return undefined;
  return enumMessage(wanted);
}

function checkByType(visit: SchemaVisit, value: unknown): readonly SchemaProblem[] {
  if (value instanceof Dict) return checkObject(visit, value);
  if (Array.isArray(value)) return checkArray(visit, value);
  if (typeof value === 'string') return checkString(visit, value);
  if (typeof value === 'number') return checkNumber(visit, value);
  return value instanceof GoInt ? checkNumber(visit, value.n) : [];
}

function checkString({ schema, path }: SchemaVisit, value: string): readonly SchemaProblem[] {
  const problems: SchemaProblem[] = [];
  const length = runeCount(value);
  const { minLength, maxLength, pattern } = schema;
  if (typeof minLength === 'number' && length < minLength) {
    problems.push(
      problem(path, `minLength: got ${grouped(String(length))}, want ${grouped(String(minLength))}`),
    );
  }
  if (typeof maxLength === 'number' && length > maxLength) {
    problems.push(
      problem(path, `maxLength: got ${grouped(String(length))}, want ${grouped(String(maxLength))}`),
    );
  }
  if (typeof pattern === 'string' && !compileRegexp(pattern).matches(value)) {
    problems.push(problem(path, `${quoteSingle(value)} does not match pattern ${quoteSingle(pattern)}`));
  }
  return problems;
}

function checkConditions(visit: SchemaVisit): readonly SchemaProblem[] {
  const { schema, path } = visit;
  const problems: SchemaProblem[] = [];
  if (schema['not'] !== undefined && visit.same(schema['not']) === undefined) {
    problems.push(problem(path, "'not' failed"));
  }
  problems.push(...checkAllOf(visit), ...checkAnyOf(visit), ...checkOneOf(visit));
  if (schema['if'] !== undefined) {
    const branch = visit.same(schema['if']) === undefined ? schema['then'] : schema['else'];
    const found = branch === undefined ? undefined : visit.same(branch);
    if (found !== undefined) problems.push(found);
  }
  return problems;
}

function branches(schemas: unknown): readonly Schema[] {
  return Array.isArray(schemas) ? (schemas as readonly Schema[]) : [];
}

function checkAllOf(visit: SchemaVisit): readonly SchemaProblem[] {
  const failed = branches(visit.schema['allOf'])
    .map(visit.same)
    .filter((each) => each !== undefined);
  return failed.length === 0 ? [] : [problem(visit.path, "'allOf' failed", failed)];
}

function checkAnyOf(visit: SchemaVisit): readonly SchemaProblem[] {
  const schemas = branches(visit.schema['anyOf']);
  const failed = schemas.map(visit.same).filter((each) => each !== undefined);
  return failed.length < schemas.length || schemas.length === 0
    ? []
    : [problem(visit.path, "'anyOf' failed", failed)];
}

function checkOneOf(visit: SchemaVisit): readonly SchemaProblem[] {
  const schemas = branches(visit.schema['oneOf']);
  const results = schemas.map(visit.same);
  const matched = results.flatMap((each, i) => (each === undefined ? [i] : []));
  if (schemas.length === 0 || matched.length === 1) return [];
  if (matched.length === 0) {
    const failed = results.filter((each) => each !== undefined);
    return [problem(visit.path, "'oneOf' failed, none matched", failed)];
  }
  return [problem(visit.path, `'oneOf' failed, subschemas ${matched[0]}, ${matched[1]} matched`)];
}

function unevaluated(visit: SchemaVisit, value: unknown): readonly SchemaProblem[] {
  const isObject = value instanceof Dict;
  const schema = isObject ? visit.schema['unevaluatedProperties'] : visit.schema['unevaluatedItems'];
  if (schema === undefined || visit.document.draft < 2019) return [];
  const keys = isObject ? sortedKeys(value) : Array.isArray(value) ? [...value.keys()].map(String) : [];
  const problems: SchemaProblem[] = [];
  for (const key of keys) {
    if (visit.evaluated.has(key)) continue;
    const item: unknown = isObject ? value[key] : (value as readonly unknown[])[Number(key)];
    const found = visit.part(schema, item, key);
    if (found !== undefined) problems.push(found);
    visit.evaluated.add(key);
  }
  return problems;
}
