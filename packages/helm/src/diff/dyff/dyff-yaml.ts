import { quote } from '@flotilla/gocompat';
import type { DyffEntry, DyffNode, DyffScalar } from './dyff-node.ts';

/** Nodes as the YAML dyff shows: values as written, quotes only where a string would read as something else. */

/** A node, ending in a line break. */
export function printNode(node: DyffNode): string {
  return print(node, '', false);
}

/** Entries of a map without the map. */
export function printEntries(entries: readonly DyffEntry[]): string {
  return printMap(entries, '', false);
}

/** Items of a list without the list. */
export function printItems(items: readonly DyffNode[]): string {
  return printList(items, '', false);
}

function print(node: DyffNode, prefix: string, isInLine: boolean): string {
  switch (node.kind) {
    case 'scalar':
      return printScalar(node, prefix);
    case 'list':
      return printList(node.items, prefix, isInLine);
    case 'map':
      return printMap(node.entries, prefix, isInLine);
    default: {
      const impossible: never = node;
      return impossible;
    }
  }
}

function printList(items: readonly DyffNode[], prefix: string, isInLine: boolean): string {
  return items
    .map((item, index) => `${isInLine && index === 0 ? '' : prefix}- ${print(item, `${prefix}  `, true)}`)
    .join('');
}

function printMap(entries: readonly DyffEntry[], prefix: string, isInLine: boolean): string {
  return entries
    .map(({ key, comment, value }, index) => {
      const start = isInLine && index === 0 ? '' : prefix;
      const before = comment === '' ? '' : `${comment}\n`;
      return `${start}${before}${key}:${printValue(value, prefix)}`;
    })
    .join('');
}

function printValue(value: DyffNode, prefix: string): string {
  switch (value.kind) {
    case 'scalar':
      return ` ${printScalar(value, `${prefix}  `)}`;
    case 'map':
      return value.entries.length === 0 ? ' {}\n' : `\n${printMap(value.entries, `${prefix}  `, false)}`;
    case 'list':
      return value.items.length === 0 ? ' []\n' : `\n${printList(value.items, prefix, false)}`;
    default: {
      const impossible: never = value;
      return impossible;
    }
  }
}

function printScalar(node: DyffScalar, prefix: string): string {
  const lines = node.value.split('\n');
  const comment = node.comment === '' ? '' : ` ${node.comment}`;
  if (lines.length > 1) return `|\n${lines.map((line) => prefix + line).join('\n')}${comment}\n`;
  return `${needsQuotes(node) ? quote(node.value) : node.value}${comment}\n`;
}

const reserved: readonly string[] = ['true', 'false', 'null', '.nan', '.inf', '-.inf', '+.inf'];

function needsQuotes({ type, value }: DyffScalar): boolean {
  if (type !== 'string') return false;
  if (reserved.includes(value) || value.startsWith('-')) return true;
  return /^[-+]?[0-9.e+]+$/.test(value) || /[ *&:,]/.test(value);
}
