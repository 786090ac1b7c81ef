/**
 * Places that execution errors name. text/template remembers the node it entered last; here every site knows it
 * beforehand, except where `and` and `or` decide it while running.
 */

import { span } from '@flotilla/diagnostics';
import { quote } from '@flotilla/gocompat';
import { TemplateError, type TemplateErrorCode } from '../errors.ts';
import { lineAndColumnOf } from '../parse/location.ts';
import type { Node, TemplateTree } from '../parse/node.ts';
import { nodeText } from '../parse/node-text.ts';
import type { Frame } from './frame.ts';

/** The node entered last, one of several: the variable `slot` holds which. */
interface ChosenNode {
  readonly kind: 'chosen';
  readonly slot: number;
  readonly choices: readonly Where[];
}

export type Where = Node | ChosenNode;

export interface Site {
  readonly tree: TemplateTree;
  readonly where: Where;
}

interface Failure {
  readonly code?: TemplateErrorCode;
  readonly cause?: unknown;
}

/** Throws text/template's execution error for this place. */
export function fail(frame: Frame, site: Site, reason: string, failure: Failure = {}): never {
  throw errorAt(site.tree, nodeAt(frame, site.where), { reason, ...failure });
}

/** Go's limit; the JS stack ends before it does. */
export const tooDeep = 'exceeded maximum template depth (100000)';

/** Keeps the place that exhausted the JS stack, unless one further in is kept. */
export function keepOverflow(frame: Frame, { tree, where }: Site): void {
  frame.run.overflow ??= (cause) =>
    errorAt(tree, nodeAt(frame, where), { reason: tooDeep, code: 'template/limit', cause });
}

/** Text/template's execution error at a node. */
function errorAt(
  tree: TemplateTree,
  node: Node,
  { reason, code = 'template/execute', cause }: Failure & { readonly reason: string },
): TemplateError {
  const { name, parseName, source } = tree;
  const location = `${parseName}:${lineAndColumnOf(source.text, node.pos)}`;
  return new TemplateError({
    code,
    message: `template: ${location}: executing ${quote(name)} at <${nodeText(node)}>: ${reason}`,
    reason,
    span: span(source, node.start, node.end),
    templateName: name,
    cause,
  });
}

function nodeAt(frame: Frame, where: Where): Node {
  let at = where;
  while (at.kind === 'chosen') {
    const choice = at.choices[Number(frame.slots[at.slot])] ?? at.choices[0];
    if (choice === undefined) throw new RangeError('a choice without nodes');
    at = choice;
  }
  return at;
}
