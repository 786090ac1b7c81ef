import { describe, expect, test } from 'vitest';
import { randomBelow } from './random.ts';
import { render } from './testing.ts';

describe('random texts', () => {
  test.each([
    ['{{ randAlphaNum 40 }}', /^[A-Za-z0-9]{40}$/],
    ['{{ randAlpha 40 }}', /^[A-Za-z]{40}$/],
    ['{{ randNumeric 40 }}', /^[0-9]{40}$/],
    ['{{ randAscii 40 }}', /^[ -~]{40}$/],
    ['{{ randAlphaNum 0 }}{{ randAlpha -1 }}', /^$/],
    ['{{ randBytes 4 }}', /^AAECAw==$/],
    ['{{ uuidv4 }}', /^00010203-0405-4607-8809-0a0b0c0d0e0f$/],
    ['{{ shuffle "aé😀" | len }}', /^7$/],
    ['{{ randInt 5 6 }} {{ randInt 5 6 | typeOf }}', /^5 int$/],
    ['{{ randInt 5 5 }}', /error calling randInt: invalid argument to Intn$/],
  ])('%s', (template, pattern) => {
    expect(render(template)).toMatch(pattern);
  });

  test('every number below the limit is reached, none above', () => {
    let state = 1;
    const nextByte = (): number => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return state >>> 24;
    };
    const source = { randomBytes: (length: number) => Uint8Array.from({ length }, nextByte) };
    const seen = new Set(Array.from({ length: 2000 }, () => randomBelow(source, 7)));
    expect([...seen].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });
});
