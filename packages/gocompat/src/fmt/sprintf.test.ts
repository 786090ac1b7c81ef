import { expect, test } from 'vitest';
import { fromJs } from '../value/from-js.ts';
import { duration, int, int64, uint64 } from '../value/go-int.ts';
import { GoError, GoStruct } from '../value/go-struct.ts';
import { nilSlice, stringSlice } from '../value/slice.ts';
import { sprintf } from './sprintf.ts';

const all = (count: number, value: unknown): unknown[] => Array<unknown>(count).fill(value);

/** Recorded from Go 1.26. */
const facts: readonly (readonly [string, readonly unknown[], string])[] = [
  ['%s|%d|%v|%q|%t', ['a', int(1), 2.5, 'x"y', true], 'a|1|2.5|"x\\"y"|true'],
  [
    '%5d|%-5d|%05d|%+d|% d|%x|%X|%#x|%o|%#o|%O|%b|%#b',
    all(13, int(42)),
    '   42|42   |00042|+42| 42|2a|2A|0x2a|52|052|0o52|101010|0b101010',
  ],
  ['%.3d|%.0d|%8.3d|%-8.3d|%+.2d', [int(7), int(0), int(7), int(7), int(7)], '007||     007|007     |+07'],
  ['%c|%q|%U|%#U|%+q', all(5, int(0x1f600)), "😀|'😀'|U+1F600|U+1F600 '😀'|'\\U0001f600'"],
  ['%d %x', [uint64(2n ** 64n - 1n), int64(-(2n ** 63n))], '18446744073709551615 -8000000000000000'],
  [
    '%f|%.2f|%8.3f|%-8.1f|%08.2f|%+.1f|%e|%.1e|%g|%.3g|%G|%#g|%#.0f',
    all(13, 1234.5678),
    '1234.567800|1234.57|1234.568|1234.6  |01234.57|+1234.6|1.234568e+03|1.2e+03|1234.5678|1.23e+03|1234.5678|1234.5678|1235.',
  ],
  ['%v %6.2f %06.1f %+v', [Infinity, -Infinity, Number.NaN, Infinity], '+Inf   -Inf    NaN +Inf'],
  ['%x %b %.3x', [1.5, 1.5, 0.1], '0x1.8p+00 6755399441055744p-52 0x1.99ap-04'],
  ['%.0f %.0f %.0f %.1f', [0.5, 1.5, 2.5, 2.25], '0 2 2 2.2'],
  [
    '%5s|%-5s|%.2s|%05s|%x|%X|% x|%#x|%# x|%+q|%#q',
    all(11, 'aé'),
    '   aé|aé   |aé|000aé|61c3a9|61C3A9|61 c3 a9|0x61c3a9|0x61 0xc3 0xa9|"a\\u00e9"|`aé`',
  ],
  ['%q %#q', ['a`\n', 'a`b'], '"a`\\n" "a`b"'],
  ['%s %d %v %x %q', all(5, Uint8Array.of(104, 105)), 'hi [104 105] [104 105] 6869 "hi"'],
  ['%s', [3], '%!s(float64=3)'],
  ['%s %d', [null, 'x'], '%!s(<nil>) %!d(string=x)'],
  [
    '%d %s',
    [
      ['a', 'b'],
      ['a', 1],
    ],
    '[%!d(string=a) %!d(string=b)] [a %!s(float64=1)]',
  ],
  ['%s', [int(3)], '%!s(int=3)'],
  ['%6s', [int64(7)], '%!s(int64=     7)'],
  ['%d', [], '%!d(MISSING)'],
  ['x', [int(1), null, 'a'], 'x%!(EXTRA int=1, <nil>, string=a)'],
  ['%!', [], '%!!(MISSING)'],
  ['%', [], '%!(NOVERB)'],
  ['%5', [1], '%!(NOVERB)%!(EXTRA float64=1)'],
  ['%z %é', [int(1), int(2)], '%!z(int=1) %!é(int=2)'],
  ['%w', [int(1)], '%!w(int=1)'],
  ['%[2]d %[1]d', [int(1), int(2)], '2 1'],
  ['%[3]d', [int(1)], '%!d(BADINDEX)'],
  ['%[x]d %[1]*d', [int(4), int(2)], '%!d(BADINDEX)    2'],
  ['%[1]d %d', [int(1), int(2), int(3)], '1 2'],
  ['%[2]2d', [int(1), int(2)], '%!d(BADINDEX)'],
  ['%*d|%-*d|%.*f', [int(5), int(1), int(-4), int(2), int(1), 1.25], '    1|2   |1.2'],
  ['%*d', ['a', int(1)], '%!(BADWIDTH)1'],
  ['%.*d', [int(-1), int(5)], '%!(BADPREC)5'],
  ['%%|%-%|%5%', [], '%|%|%'],
  [
    '%v %+v %#v %T',
    all(4, fromJs({ b: [1, 'x', null], a: { c: true } })),
    'map[a:map[c:true] b:[1 x <nil>]] map[a:map[c:true] b:[1 x <nil>]] map[string]interface {}{"a":map[string]interface {}{"c":true}, "b":[]interface {}{1, "x", interface {}(nil)}} map[string]interface {}',
  ],
  ['%#v %#v %#v %#v %#v', ['a', 1e6, null, int(3), uint64(255)], '"a" 1e+06 <nil> 3 0xff'],
  [
    '%#v %#v %#v',
    [stringSlice(['a']), nilSlice(), Uint8Array.of(1)],
    '[]string{"a"} []interface {}(nil) []byte{0x1}',
  ],
  [
    '%5v|%-4v|%05d',
    [[1, 2], fromJs({ a: 1 }), [int(1), int(-2)]],
    '[    1     2]|map[a   :1   ]|[00001 -0002]',
  ],
  ['%T %T %T %8T|', [null, int64(1), stringSlice([]), 'a'], '<nil> int64 []string   string|'],
  ['%v %d %s %#v', all(4, duration(1_500_000_000)), '1.5s 1500000000 1.5s 1500000000'],
  ['%v|%s|%q', all(3, new GoError('bad')), 'bad|bad|"bad"'],
  ['%t %t', [true, 'x'], 'true %!t(string=x)'],
];

test.each(facts)('%j', (format, operands, text) => {
  expect(sprintf(format, operands)).toBe(text);
});

test('structs show field names with %+v and their type with %#v', () => {
  const shape = { goType: 'app.Point', isPointer: true, fields: new Map([['X', 1.5]]), methods: new Map() };
  expect(sprintf('%v %+v %#v %d', all(4, new GoStruct(shape)))).toBe(
    '&{1.5} &{X:1.5} &app.Point{X:1.5} &{%!d(float64=1.5)}',
  );
  expect(sprintf('%s|%q|%5s', all(3, new GoStruct({ ...shape, text: () => 'p' })))).toBe('p|"p"|    p');
});
