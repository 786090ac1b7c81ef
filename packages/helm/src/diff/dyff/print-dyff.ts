import type { ObjectChange } from '../compare-manifests.ts';
import { type LineComparer, loadLineComparer } from '../line-comparer.ts';
import type { DyffDetail, DyffDifference, DyffGroup, DyffPath } from './dyff-difference.ts';
import { compareDocuments } from './dyff-documents.ts';
import { type DyffNode, parseDyffDocuments } from './dyff-node.ts';
import { restructure, restructureEntries } from './dyff-restructure.ts';
import { blocksText, columnsText, prefixed } from './dyff-text.ts';
import { printEntries, printItems, printNode } from './dyff-yaml.ts';

/**
 * The `dyff` layout of helm-diff 3.15.11: the human report of dyff 1.12.0 over all changed objects, without colours.
 * In: changes with their line records. Out: the report; one empty line when it has nothing to say.
 */

/** The report of all changes. */
export async function printDyff(changes: readonly ObjectChange[], detectsRenames: boolean): Promise<string> {
  const from = parseDyffDocuments(sideOf(changes, 'left'));
  const to = parseDyffDocuments(sideOf(changes, 'right'));
  if (from === undefined || to === undefined) return '\n';
  const { differences, showsDocument } = compareDocuments(from, to, detectsRenames);
  const compareLines = await loadLineComparer();
  const parts = differences.map((each) => printDifference(each, showsDocument, compareLines));
  return `${parts.join('')}\n`;
}

function sideOf(changes: readonly ObjectChange[], side: 'left' | 'right'): string {
  return changes
    .map(({ records }) => {
      const lines = records.filter((record) => record.side === 'common' || record.side === side);
      return `---\n${lines.map(({ text }) => `${text}\n`).join('')}`;
    })
    .join('');
}

function printDifference(
  { path, details }: DyffDifference,
  showsDocument: boolean,
  compareLines: LineComparer,
): string {
  const blocks = details.map((detail) => printDetail(detail, compareLines));
  return `\n${printPath(path, showsDocument)}\n${blocksText(blocks)}`;
}

function printPath({ document, elements }: DyffPath, showsDocument: boolean): string {
  if (document === undefined) return '(file level)';
  const place = elements.length === 0 ? '(root level)' : elements.join('.');
  return showsDocument ? `${place}  (${document})` : place;
}

function printDetail(detail: DyffDetail, compareLines: LineComparer): string {
  switch (detail.kind) {
    case 'added':
      return printGroup('+', 'added', detail.what);
    case 'removed':
      return printGroup('-', 'removed', detail.what);
    case 'modified':
      return printModification(detail.from, detail.to, compareLines);
    case 'reordered':
      return printOrder(detail.from, detail.to);
    default: {
      const impossible: never = detail;
      return impossible;
    }
  }
}

function printGroup(sign: string, verb: string, group: DyffGroup): string {
  const { noun, yaml } = describe(group);
  return `${sign} ${noun} ${verb}:\n${blocksText([yaml])}`;
}

function describe(group: DyffGroup): { readonly noun: string; readonly yaml: string } {
  switch (group.kind) {
    case 'documents':
      return { noun: 'one document', yaml: printNode(restructure(group.node)) };
    case 'entries':
      return {
        noun: plural(group.entries.length, 'map entry', 'map entries'),
        yaml: printEntries(restructureEntries(group.entries)),
      };
    case 'items':
      return {
        noun: plural(group.items.length, 'list entry', 'list entries'),
        yaml: printItems(group.items.map(restructure)),
      };
    default: {
      const impossible: never = group;
      return impossible;
    }
  }
}

const words = 'no one two three four five six seven eight nine ten eleven twelve'.split(' ');

function plural(count: number, one: string, many: string): string {
  return `${words[count] ?? count} ${count === 1 ? one : many}`;
}

function printModification(from: DyffNode, to: DyffNode, compareLines: LineComparer): string {
  const [fromType, toType] = [typeName(from), typeName(to)];
  if (from.kind === 'scalar' && to.kind === 'scalar' && fromType === 'string' && toType === 'string')
    return printTextChange(from.value, to.value, compareLines);
  const head = fromType === toType ? '± value change\n' : `± type change from ${fromType} to ${toType}\n`;
  return head + prefixed('- ', shortText(from)) + prefixed('+ ', shortText(to));
}

function typeName(node: DyffNode): string {
  return node.kind === 'scalar' ? node.type : node.kind;
}

function shortText(node: DyffNode): string {
  if (node.kind === 'scalar' && node.type === '<nil>') return '<nil>';
  return printNode(node).replace(/\n+$/, '');
}

function printTextChange(from: string, to: string, compareLines: LineComparer): string {
  if (!from.includes('\n') && !to.includes('\n'))
    return `± value change\n${prefixed('- ', from)}${prefixed('+ ', to)}`;
  const changes = compareLines(linesOf(from), linesOf(to));
  const inserts = changes.filter(({ added }) => added === true).length;
  const deletions = changes.filter(({ removed }) => removed === true).length;
  const body = changes.map(({ added, removed, value }) =>
    added === true ? everyLine('+ ', value) : removed === true ? everyLine('- ', value) : '',
  );
  const counts = `${plural(inserts, 'insert', 'inserts')}, ${plural(deletions, 'deletion', 'deletions')}`;
  return `± value change in multiline text (${counts})\n${body.join('')}\n`;
}

/** Lines with their ends. */
function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function everyLine(prefix: string, lines: readonly string[]): string {
  return lines.map((line) => `${prefix}${line.replace(/\n$/, '')}\n`).join('');
}

function printOrder(from: readonly DyffNode[], to: readonly DyffNode[]): string {
  const [before, after] = [from.map(itemText), to.map(itemText)];
  const [left, right] = [before.join(', '), after.join(', ')];
  const head = '⇆ order changed\n';
  // Half of the 80 columns dyff assumes where there is no terminal.
  if (Math.max([...left].length, [...right].length) < 40) return `${head}- ${left}\n+ ${right}\n`;
  return head + columnsText([before.join('\n'), after.join('\n')], { separator: ' ', indent: 2 });
}

function itemText(node: DyffNode): string {
  if (node.kind === 'scalar' && node.value !== '') return node.value;
  return node.kind === 'scalar' && node.type === '<nil>' ? '<nil>' : printNode(node);
}
