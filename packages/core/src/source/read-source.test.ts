import { formatDiagnostic } from '@flotilla/diagnostics';
import { expect, test } from 'vitest';
import { maxStateFileBytes, readSource } from './read-source.ts';
import { filesOf } from './source.test-support.ts';

function read(content: string | Uint8Array): string | undefined {
  const { value, diagnostics } = readSource({ path: '/w/a', name: 'a' }, filesOf({ '/w/a': content }));
  return value?.text ?? diagnostics.map((each) => formatDiagnostic(each)).join('\n');
}

test('line ends become newlines and a byte order mark goes', () => {
  expect(read('\ufeffa: 1\r\n---\r\nb: ü\r\n')).toBe('a: 1\n---\nb: ü\n');
});

test('what is not UTF-8 text is shown with its place', () => {
  expect(read(new Uint8Array([0x61, 0x0a, 0x62, 0xff]))).toMatchInlineSnapshot(`
    "error source/encoding  a:2:2
      "a" is not valid UTF-8
       1 | a
     > 2 | b�
         |  ^
      help: Save it as UTF-8 text."
  `);
  expect(read('a\0')).toMatchInlineSnapshot(`
    "error source/encoding  a:1:2
      "a" contains a NUL character
     > 1 | a�
         |  ^
      help: Save it as UTF-8 text."
  `);
  expect(read(new Uint8Array([0xff, 0xfe, 0x61, 0x00]))).toMatchInlineSnapshot(`
    "error source/encoding
      "a" is UTF-16LE text
      help: Save it as UTF-8."
  `);
});

test('a huge file and a missing one are refused', () => {
  expect(read(new Uint8Array(maxStateFileBytes + 1))).toMatchInlineSnapshot(`
    "error source/too-large
      "a" has 33554433 bytes; a state file may have 32 MiB
      help: Move data into values files."
  `);
  const missing = readSource({ path: '/w/b', name: 'b' }, filesOf({}));
  expect(missing.diagnostics).toMatchInlineSnapshot(`
    [
      {
        "code": "source/unreadable",
        "message": "cannot read "b": open /w/b: no such file or directory",
        "referenceText": "open /w/b: no such file or directory",
        "related": [],
        "severity": "error",
      },
    ]
  `);
});
