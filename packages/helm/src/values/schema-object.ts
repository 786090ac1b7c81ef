import { compileRegexp, Dict, type GoRegexp, sortedKeys } from '@flotilla/gocompat';
import { grouped, problem, quoteAll, quoteSingle, type SchemaProblem } from './schema-problem.ts';
import type { SchemaVisit } from './schema-validator.ts';

/** Keywords about objects. */
export function checkObject(visit: SchemaVisit, value: Dict): readonly SchemaProblem[] {
  return [
    ...checkSize(visit, value),
    ...checkRequired(visit, value),
    ...checkDependencies(visit, value, 'dependencies'),
    ...checkProperties(visit, value),
    ...checkNames(visit, value),
    ...checkDependencies(visit, value, 'dependentSchemas'),
    ...checkDependencies(visit, value, 'dependentRequired'),
  ];
}

function checkSize({ schema, path }: SchemaVisit, value: Dict): readonly SchemaProblem[] {
  const size = Object.keys(value).length;
  const { minProperties, maxProperties } = schema;
  const problems: SchemaProblem[] = [];
  const report = (keyword: string, limit: number): void => {
    problems.push(problem(path, `${keyword}: got ${grouped(String(size))}, want ${grouped(String(limit))}`));
  };
  if (typeof minProperties === 'number' && size < minProperties) report('minProperties', minProperties);
  if (typeof maxProperties === 'number' && size > maxProperties) report('maxProperties', maxProperties);
  return problems;
}

function missingOf(names: unknown, value: Dict): readonly string[] {
  return Array.isArray(names) ? (names as readonly string[]).filter((name) => value[name] === undefined) : [];
}

function checkRequired({ schema, path }: SchemaVisit, value: Dict): readonly SchemaProblem[] {
  const missing = missingOf(schema['required'], value);
  if (missing.length === 0) return [];
  const noun = missing.length === 1 ? 'property' : 'properties';
  return [problem(path, `missing ${noun} ${quoteAll(missing)}`)];
}

function checkDependencies(visit: SchemaVisit, value: Dict, keyword: string): readonly SchemaProblem[] {
  const rules = visit.schema[keyword];
  if (!(rules instanceof Dict)) return [];
  const problems: SchemaProblem[] = [];
  for (const name of sortedKeys(rules)) {
    if (value[name] === undefined) continue;
    const rule = rules[name];
    const missing = missingOf(rule, value);
    if (missing.length > 0) {
      problems.push(
        problem(visit.path, `properties ${quoteAll(missing)} required, if ${quoteSingle(name)} exists`),
      );
    }
    const found = Array.isArray(rule) ? undefined : visit.same(rule);
    if (found !== undefined) problems.push(found);
  }
  return problems;
}

function checkProperties(visit: SchemaVisit, value: Dict): readonly SchemaProblem[] {
  const { schema } = visit;
  const patterns = patternsOf(schema['patternProperties']);
  const problems: SchemaProblem[] = [];
  const unwanted: string[] = [];
  for (const name of namesToCheck(schema, value)) {
    const rules = rulesFor(name, schema, patterns);
    if (rules === 'unwanted') unwanted.push(name);
    if (rules.length > 0) visit.evaluated.add(name);
    if (rules === 'unwanted') continue;
    problems.push(
      ...rules.map((rule) => visit.part(rule, value[name], name)).filter((each) => each !== undefined),
    );
  }
  if (unwanted.length > 0) {
    problems.push(problem(visit.path, `additional properties ${quoteAll(unwanted)} not allowed`));
  }
  return problems;
}

/** All properties, or where nothing is said about others those that have a schema. */
function namesToCheck(schema: Dict, value: Dict): readonly string[] {
  const properties = schema['properties'];
  const saysMore = schema['additionalProperties'] !== undefined || schema['patternProperties'] !== undefined;
  if (saysMore) return sortedKeys(value);
  return properties instanceof Dict ? sortedKeys(properties).filter((name) => value[name] !== undefined) : [];
}

/** What a property must satisfy; `additionalProperties` speaks for those that nothing else names. */
function rulesFor(
  name: string,
  schema: Dict,
  patterns: readonly PatternRule[],
): readonly unknown[] | 'unwanted' {
  const properties = schema['properties'];
  const named = properties instanceof Dict ? properties[name] : undefined;
  const rules = patterns.filter(({ pattern }) => pattern.matches(name)).map(({ rule }) => rule);
  if (named !== undefined) rules.unshift(named);
  if (rules.length > 0) return rules;
  const additional = schema['additionalProperties'];
  if (additional === false) return 'unwanted';
  return additional === undefined ? [] : [additional];
}

interface PatternRule {
  readonly pattern: GoRegexp;
  readonly rule: unknown;
}

function patternsOf(patterns: unknown): readonly PatternRule[] {
  if (!(patterns instanceof Dict)) return [];
  return sortedKeys(patterns).map((text) => ({ pattern: compileRegexp(text), rule: patterns[text] }));
}

/** The cause of a bad name keeps the empty path. */
function checkNames(visit: SchemaVisit, value: Dict): readonly SchemaProblem[] {
  const rule = visit.schema['propertyNames'];
  if (rule === undefined) return [];
  const problems: SchemaProblem[] = [];
  for (const name of sortedKeys(value)) {
    const found = visit.part(rule, name, '');
    if (found !== undefined) {
      const causes = [{ ...found, path: [] }];
      problems.push(problem(visit.path, `invalid propertyName ${quoteSingle(name)}`, causes));
    }
  }
  return problems;
}
