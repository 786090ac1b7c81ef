import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dict } from '../value/dict.ts';
import { goInt } from '../value/go-int.ts';
import { emitYaml } from './emit-yaml.ts';
import type { YamlNode } from './node.ts';
import { parseYaml, parseYamlTree } from './parse-yaml.ts';
import { YamlError } from './yaml-error.ts';

/** go-yaml v3 cannot read its own literals that begin with a tab. */
const leadingTab = /^\n*\t/;
const text = fc
  .oneof(
    fc
      .string({ unit: 'binary', maxLength: 20 })
      .filter((s) => !/[\x7f-\x9f\ufeff\ufffe\uffff]|\p{Cs}/u.test(s)),
    fc.stringMatching(/^[ \n\t:#'"\-?a-c.0-9]{0,12}$/),
    fc.constantFrom('yes', '~', '1e3', '0x1F', '2001-01-01', '<<', 'word '.repeat(30)),
  )
  .filter((s) => !leadingTab.test(s));
/** Go writes the key `<<` without quotes, so it comes back as a merge. */
const key = text.filter((s) => s !== '<<');
const whole = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const fraction = fc.double({ noNaN: true, noDefaultInfinity: true }).filter((x) => !Number.isInteger(x));

function values(numbers: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.oneof(text, numbers, fc.boolean(), fc.constant(null)),
      fc.array(tie('value'), { maxLength: 4 }),
      fc
        .array(fc.tuple(key, tie('value')), { maxLength: 4 })
        .map((entries) => dict(entries as [string, unknown][])),
    ),
  })).value;
}

test('v3 reads back what it writes', () => {
  const numbers = fc.oneof(
    whole.map((n) => goInt('int', n)),
    fraction,
  );
  fc.assert(
    fc.property(values(numbers), (value) => {
      expect(parseYaml(emitYaml(value, { dialect: 'v3' }), { dialect: 'v3' })).toEqual(value);
    }),
    { seed: 1, numRuns: 400 },
  );
});

test('v2 reads back what it writes', () => {
  const numbers = fc.oneof(fc.integer(), fraction);
  fc.assert(
    fc.property(values(numbers), (value) => {
      expect(parseYaml(emitYaml(value, { dialect: 'v2' }), { dialect: 'v2' })).toEqual(value);
    }),
    { seed: 2, numRuns: 400 },
  );
});

test('JSON means the same to v2 as to JSON.parse', () => {
  fc.assert(
    fc.property(values(fc.integer()), (value) => {
      const json = JSON.stringify(value, null, 1).replace(/[\x7f-\uffff]/g, '?');
      expect(JSON.stringify(parseYaml(json, { dialect: 'v2' }))).toBe(JSON.stringify(JSON.parse(json)));
    }),
    { seed: 3, numRuns: 200 },
  );
});

function children(node: YamlNode): readonly YamlNode[] {
  if (node.kind === 'sequence') return node.items;
  return node.kind === 'mapping' ? node.entries.flatMap(({ key, value }) => [key, value]) : [];
}

function checkSpans(node: YamlNode): void {
  let from = node.start;
  for (const child of children(node)) {
    expect(child.start).toBeGreaterThanOrEqual(from);
    expect(child.end).toBeLessThanOrEqual(node.end);
    from = child.end;
    checkSpans(child);
  }
}

test('spans of the tree nest and do not overlap', () => {
  fc.assert(
    fc.property(values(fraction), (value) => {
      const root = parseYamlTree(emitYaml(value, { dialect: 'v3' }), { dialect: 'v3' });
      if (root !== null) checkSpans(root);
    }),
    { seed: 4, numRuns: 200 },
  );
});

test('any text has a value or an error with a place in it', () => {
  const piece = fc.constantFrom(
    ...'a|b|: |- |\n|\n  |\t|"|\'|[|]|{|}|,|#|&x |*x|!t |!!int |<<: |? |---|...|%|@|>|\n|\\|1|é|\r\n|\u2028|\udc80'.split(
      '|',
    ),
    '|',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), fc.constantFrom('v2', 'v3'), (pieces, dialect) => {
      const source = pieces.join('');
      try {
        parseYaml(source, { dialect: dialect as 'v2' | 'v3' });
      } catch (error) {
        expect(error).toBeInstanceOf(YamlError);
        const { offset, line, column } = error as YamlError;
        expect(offset).toBeLessThanOrEqual(source.length);
        expect(line).toBeGreaterThanOrEqual(1);
        expect(column).toBeGreaterThanOrEqual(1);
      }
    }),
    { seed: 5, numRuns: 2000 },
  );
});
