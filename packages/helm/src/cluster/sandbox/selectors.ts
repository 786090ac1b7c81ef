/** Label and field selectors, as texts and as objects have them. */
import { GoError } from '@flotilla/gocompat';
import { at, type JsonObject, listAt, objectOf, textAt, textsAt } from '../json-object.ts';
import { type Labels, type LabelTest, parseLabelSelector } from '../label-selector.ts';
import { badRequest } from './api-errors.ts';

/** A selector in a query. Throws ClusterError when it cannot be read. */
export function labelTest(text: string): LabelTest {
  try {
    return parseLabelSelector(text);
  } catch (error) {
    if (error instanceof GoError) throw badRequest(error.message);
    throw error;
  }
}

/** `metadata.name=web,status.phase!=Running`, for any field. */
export function parseFieldSelector(text: string): (object: JsonObject) => boolean {
  const terms = text.split(',').map((term) => term.trim());
  const tests = terms.filter(Boolean).map((term) => {
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
