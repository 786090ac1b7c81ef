import fc from 'fast-check';
import { expect, test } from 'vitest';
import { byteLength, decodeBytes, encodeText, rejoinBytes, runeCount, sliceBytes } from './text.ts';

test('any bytes survive the way into a string and back', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      const text = decodeBytes(bytes);
      expect([...encodeText(text)]).toEqual([...bytes]);
      expect(byteLength(text)).toBe(bytes.length);
    }),
    { seed: 1, numRuns: 500 },
  );
});

test('bytes that are not UTF-8 become one lone surrogate each', () => {
  expect(decodeBytes(Uint8Array.of(0x61, 0xe6, 0x97, 0x62, 0xff))).toBe('a\udce6\udc97b\udcff');
});

test('a cut character is whole again after its halves are joined', () => {
  const [head, tail] = [sliceBytes('日本', 0, 1), sliceBytes('日本', 1)];
  expect(head).toBe('\udce6');
  expect(rejoinBytes(head + tail)).toBe('日本');
});

test('lengths count bytes or code points', () => {
  expect(byteLength('aé日😀\udcff')).toBe(11);
  expect(runeCount('aé日😀\udcff')).toBe(5);
});
