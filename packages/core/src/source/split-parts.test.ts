import { locationOf, source, span } from '@flotilla/diagnostics';
import { expect, test } from 'vitest';
import { splitParts } from './split-parts.ts';

test('only newline, three dashes, newline cuts', () => {
  const cut = (text: string): readonly string[] =>
    splitParts(source('f', text)).map((each) => each.source.text);
  expect(cut('---\na\n--- \nb\n--- # c\nd\n---\ne\n---\n---\nf\n---')).toEqual([
    '---\na\n--- \nb\n--- # c\nd',
    'e',
    '---\nf\n---',
  ]);
  expect(cut('')).toEqual(['']);
});

test('a place in a part is a place in the file', () => {
  const [, second] = splitParts(source('helmfile.yaml', 'a: 1\nb: 2\n---\nc: 3\n'));
  expect(second?.source.name).toBe('helmfile.yaml.part.1');
  expect(locationOf(span(second!.source, 3))).toBe('helmfile.yaml:4:4');
});
