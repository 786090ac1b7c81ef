import type { ChangeKind, ObjectChange } from './compare-manifests.ts';
import type { DiffRecord } from './line-diff.ts';

/** The `diff` and `simple` layouts of helm-diff 3.15.11 (helmfile-cli.md §12.6, §12.7). Pure: changes in, text out. */

export interface PrintOptions {
  /** Lines of context; negative prints whole objects. */
  readonly context: number;
  readonly suppressKinds: readonly string[];
  readonly color: boolean;
}

const codes = { green: '32', red: '31', yellow: '33', magenta: '35', brightBlue: '94' } as const;
type Color = keyof typeof codes;

const headlines: Readonly<
  Record<ChangeKind, { readonly color: Color; readonly diff: string; readonly simple: string }>
> = {
  add: { color: 'green', diff: 'has been added:', simple: 'to be added.' },
  remove: { color: 'red', diff: 'has been removed:', simple: 'to be removed.' },
  modify: { color: 'yellow', diff: 'has changed:', simple: 'to be changed.' },
  ownership: { color: 'magenta', diff: 'changed ownership:', simple: 'to change ownership.' },
  'modify-suppressed': {
    color: 'brightBlue',
    diff: 'has changed, but diff is empty after suppression.',
    simple: 'has changed, but diff is empty after suppression.',
  },
};

function paint(text: string, color: Color, isOn: boolean): string {
  return isOn ? `\u001b[0;${codes[color]}m${text}\u001b[0m` : text;
}

/** The default layout: a headline and the records of each change. */
export function printDiff(changes: readonly ObjectChange[], options: PrintOptions): string {
  return changes.map((change) => printChange(change, options)).join('');
}

function printChange(change: ObjectChange, { context, suppressKinds, color }: PrintOptions): string {
  const headline = headlines[change.change];
  const head = `${paint(`${change.key} ${headline.diff}`, headline.color, color)}\n`;
  if (suppressKinds.includes(change.kind)) {
    return (
      head + paint(`+ Changes suppressed on sensitive content of type ${change.kind}\n`, 'yellow', color)
    );
  }
  return head + printRecords(change.records, change.change === 'ownership' ? 0 : context, color);
}

function printRecords(records: readonly DiffRecord[], context: number, color: boolean): string {
  if (context < 0) return records.map((record) => printRecord(record, color)).join('');
  const distances = distancesToChange(records);
  let text = '';
  let isOmitting = false;
  records.forEach((record, index) => {
    if ((distances[index] ?? 0) <= context) {
      text += printRecord(record, color);
      isOmitting = false;
    } else if (!isOmitting) {
      text += '...\n';
      isOmitting = true;
    }
  });
  return text;
}

/** For each record how many records away the nearest change is. */
function distancesToChange(records: readonly DiffRecord[]): readonly number[] {
  const distances = records.map(({ side }) => (side === 'common' ? Number.POSITIVE_INFINITY : 0));
  for (let at = 1; at < distances.length; at++) {
    distances[at] = Math.min(distances[at] ?? 0, (distances[at - 1] ?? 0) + 1);
  }
  for (let at = distances.length - 2; at >= 0; at--) {
    distances[at] = Math.min(distances[at] ?? 0, (distances[at + 1] ?? 0) + 1);
  }
  return distances;
}

function printRecord({ side, text }: DiffRecord, color: boolean): string {
  switch (side) {
    case 'right':
      return `${paint(`+ ${text}`, 'green', color)}\n`;
    case 'left':
      return `${paint(`- ${text}`, 'red', color)}\n`;
    case 'common':
      return text === '' ? '\n' : `  ${text}\n`;
    default: {
      const impossible: never = side;
      return impossible;
    }
  }
}

/** One line per change and the plan's counts. */
export function printSimple(changes: readonly ObjectChange[], { color }: PrintOptions): string {
  const lines = changes.map(({ key, change }) => {
    const headline = headlines[change];
    return `${paint(`${key} ${headline.simple}`, headline.color, color)}\n`;
  });
  const count = (kind: ChangeKind): number => changes.filter(({ change }) => change === kind).length;
  return `${lines.join('')}Plan: ${count('add')} to add, ${count('modify')} to change, ${count('remove')} to destroy, ${count('ownership')} to change ownership.\n`;
}
