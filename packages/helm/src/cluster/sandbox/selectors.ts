/** Label and field selectors, as texts and as objects have them. */
import { at, type JsonObject, listAt, objectOf, textAt, textsAt } from '../json-object.ts';
import { badRequest } from './api-errors.ts';

type Labels = Readonly<Record<string, string>>;
type Test = (labels: Labels) => boolean;

/** A selector in a query: `a=b,c!=d,e in (f,g),h,!i`. Throws ClusterError when it cannot be read. */
export function parseLabelSelector(text: string): Test {
  const tests = splitTerms(text).map(parseTerm);
  return (labels) => tests.every((test) => test(labels));
}

/** At commas that are not between brackets. */
function splitTerms(text: string): readonly string[] {
  return text
    .split(/,(?![^()]*\))/)
    .map((term) => term.trim())
    .filter((term) => term !== '');
}

const name = '[A-Za-z0-9][-A-Za-z0-9_./]*';

function parseTerm(term: string): Test {
  const set = new RegExp(`^(${name})\\s+(in|notin)\\s+\\(([^)]*)\\)$`).exec(term);
  if (set !== null) {
    const [, key = '', operator, list = ''] = set;
    const values = list.split(',').map((value) => value.trim());
    return (labels) => values.includes(labels[key] ?? '\0') === (operator === 'in');
  }
  const equality = new RegExp(`^(${name})\\s*(==|=|!=)\\s*(.*)$`).exec(term);
  if (equality !== null) {
    const [, key = '', operator, value = ''] = equality;
    return (labels) => (labels[key] === value) === (operator !== '!=');
  }
  const existence = new RegExp(`^(!?)\\s*(${name})$`).exec(term);
  if (existence === null) throw badRequest(`unable to parse requirement: ${JSON.stringify(term)}`);
  const [, negated, key = ''] = existence;
  return (labels) => Object.hasOwn(labels, key) === (negated === '');
}

/** `metadata.name=web,status.phase!=Running`, for any field. */
export function parseFieldSelector(text: string): (object: JsonObject) => boolean {
  const tests = splitTerms(text).map((term) => {
    const [, path = '', operator, value = ''] = /^([^=!]+)(==|=|!=)(.*)$/.exec(term) ?? [];
    if (path === '')
      throw badRequest(`invalid selector: ${JSON.stringify(text)}; can't understand ${JSON.stringify(term)}`);
    return (object: JsonObject): boolean =>
      (fieldText(at(object, ...path.split('.'))) === value) === (operator !== '!=');
  });
  return (object) => tests.every((test) => test(object));
}

function fieldText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

/** A selector object (`matchLabels`, `matchExpressions`); the empty one matches all, a missing one nothing. */
export function matchesSelector(selector: unknown, labels: Labels): boolean {
  if (objectOf(selector) === undefined) return false;
  const wanted = Object.entries(textsAt(selector, 'matchLabels'));
  return (
    wanted.every(([key, value]) => labels[key] === value) &&
    listAt(selector, 'matchExpressions').every((each) => matchesExpression(each, labels))
  );
}

function matchesExpression(expression: unknown, labels: Labels): boolean {
  const key = textAt(expression, 'key');
  const value = labels[key];
  const values = listAt(expression, 'values');
  switch (textAt(expression, 'operator')) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    default:
      return value === undefined;
  }
}
