import { jsonEqual } from './json-equal.ts';
import { grouped, problem, type SchemaProblem } from './schema-problem.ts';
import type { SchemaVisit } from './schema-validator.ts';

/** Keywords about arrays. */
export function checkArray(visit: SchemaVisit, items: readonly unknown[]): readonly SchemaProblem[] {
  return [
    ...checkLength(visit, items.length),
    ...checkUnique(visit, items),
    ...checkItems(visit, items),
    ...checkContains(visit, items),
  ];
}

function checkLength({ schema, path }: SchemaVisit, length: number): readonly SchemaProblem[] {
  const { minItems, maxItems } = schema;
  const problems: SchemaProblem[] = [];
  const report = (keyword: string, limit: number): void => {
    problems.push(
      problem(path, `${keyword}: got ${grouped(String(length))}, want ${grouped(String(limit))}`),
    );
  };
  if (typeof minItems === 'number' && length < minItems) report('minItems', minItems);
  if (typeof maxItems === 'number' && length > maxItems) report('maxItems', maxItems);
  return problems;
}

function checkUnique({ schema, path }: SchemaVisit, items: readonly unknown[]): readonly SchemaProblem[] {
  if (schema['uniqueItems'] !== true) return [];
  for (let i = 1; i < items.length; i += 1) {
    const earlier = items.findIndex((item, j) => j < i && jsonEqual(item, items[i]));
    if (earlier >= 0) return [problem(path, `items at ${earlier} and ${i} are equal`)];
  }
  return [];
}

/** Before 2020 a list of schemas stands under `items` and the rest under `additionalItems`. */
function checkItems(visit: SchemaVisit, items: readonly unknown[]): readonly SchemaProblem[] {
  const { schema, document } = visit;
  const isNew = document.draft >= 2020;
  const listed = isNew ? schema['prefixItems'] : schema['items'];
  const fixed: readonly unknown[] = Array.isArray(listed) ? listed : [];
  const rest = isNew || !Array.isArray(listed) ? schema['items'] : schema['additionalItems'];
  if (!isNew && rest === false && items.length > fixed.length && fixed.length > 0) {
    const extra = items.length - fixed.length;
    return [
      ...checkEach(visit, items.slice(0, fixed.length), fixed, undefined),
      problem(visit.path, `last ${extra} additionalItem(s) not allowed`),
    ];
  }
  return checkEach(visit, items, fixed, rest);
}

function checkEach(
  visit: SchemaVisit,
  items: readonly unknown[],
  fixed: readonly unknown[],
  rest: unknown,
): readonly SchemaProblem[] {
  const problems: SchemaProblem[] = [];
  for (const [i, item] of items.entries()) {
    const rule = i < fixed.length ? fixed[i] : rest;
    if (rule === undefined) continue;
    visit.evaluated.add(String(i));
    const found = visit.part(rule, item, String(i));
    if (found !== undefined) problems.push(found);
  }
  return problems;
}

function checkContains(visit: SchemaVisit, items: readonly unknown[]): readonly SchemaProblem[] {
  const { schema, path, document } = visit;
  const rule = schema['contains'];
  if (rule === undefined) return [];
  const results = items.map((item, i) => visit.part(rule, item, String(i)));
  const failed = results.filter((each) => each !== undefined);
  const matched = results.flatMap((each, i) => (each === undefined ? [i] : []));
  if (document.draft >= 2020) for (const i of matched) visit.evaluated.add(String(i));
  const { minContains, maxContains } = schema;
  const problems: SchemaProblem[] = [];
  if (typeof minContains === 'number') {
    if (matched.length < minContains) {
      problems.push(problem(path, minContainsMessage(minContains, matched), failed));
    }
  } else if (matched.length === 0) {
    problems.push(problem(path, 'no items match contains schema', failed));
  }
  if (typeof maxContains === 'number' && matched.length > maxContains) {
    problems.push(
      problem(
        path,
        `max ${maxContains} items required to match contains schema, but matched ${matched.length} items at ${matched.join(' ')}`,
      ),
    );
  }
  return problems;
}

function minContainsMessage(wanted: number, matched: readonly number[]): string {
  const start = `min ${wanted} items required to match contains schema, but `;
  return matched.length === 0
    ? `${start}none matched`
    : `${start}matched ${matched.length} items at ${matched.join(' ')}`;
}
