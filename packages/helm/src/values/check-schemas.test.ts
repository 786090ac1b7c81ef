import { type Dict, encodeText, fromJs, GoError } from '@flotilla/gocompat';
import { expect, test } from 'vitest';
import { checkSchemas, type SchemaChart } from './check-schemas.ts';

function chart(name: string, schema: object | undefined, ...dependencies: SchemaChart[]): SchemaChart {
  const file = schema === undefined ? undefined : { data: encodeText(JSON.stringify(schema)) };
  return { name, chart: { schema: file }, dependencies };
}

async function problems(root: SchemaChart, values: object): Promise<string> {
  try {
    await checkSchemas(root, fromJs(values, 'float64') as Dict);
    return '';
  } catch (error) {
    if (!(error instanceof GoError)) throw error;
    return error.message.split('\n').slice(1).join('\n');
  }
}

test.each<[string, object, object, string]>([
  [
    'types',
    { properties: { a: { type: ['integer', 'null'] } } },
    { a: 'x' },
    "at '/a': got string, want null or integer",
  ],
  ['missing', { required: ['a', 'b'] }, {}, "at '': missing properties 'a', 'b'"],
  ['unknown', { additionalProperties: false }, { a: 1 }, "at '': additional properties 'a' not allowed"],
  [
    'enum',
    { properties: { a: { enum: ['x', 1, null] } } },
    { a: "it's" },
    "at '/a': value must be one of 'x', 1, <nil>",
  ],
  [
    'limits',
    { properties: { a: { maximum: 70_000 } } },
    { a: 12345678 },
    "at '/a': maximum: got 1.2345678×10⁰⁷, want 70,000",
  ],
  [
    'multiples',
    { properties: { a: { multipleOf: 0.01 } } },
    { a: 0.075 },
    "at '/a': multipleOf: got 0.075, want 0.01",
  ],
  [
    'pattern',
    { properties: { a: { pattern: '^b' } } },
    { a: '"' },
    "at '/a': '\"' does not match pattern '^b'",
  ],
  ['pointers', { properties: { 'a/b~c': false } }, { 'a/b~c': 1 }, "at '/a~1b~0c': false schema"],
  [
    'uniqueness',
    { properties: { a: { uniqueItems: true } } },
    { a: [1, 2, 1] },
    "at '/a': items at 0 and 2 are equal",
  ],
  [
    'unevaluated',
    { properties: { a: true }, unevaluatedProperties: false },
    { a: 1, b: 2 },
    "at '/b': false schema",
  ],
])('%s', async (_name, schema, values, problem) => {
  expect(await problems(chart('c', schema), values)).toBe(`c:\n- ${problem}\n`);
});

test('causes are indented, a reference with one cause is not shown', async () => {
  const schema = {
    properties: { a: { anyOf: [{ type: 'string' }, { $ref: '#/$defs/t' }] }, b: { $ref: '#/$defs/t' } },
    $defs: { t: { type: 'object', required: ['k'], properties: { v: { type: 'string' } } } },
  };
  expect(await problems(chart('c', schema), { a: { v: 1 }, b: 2 })).toBe(`c:
- at '/a': 'anyOf' failed
  - at '/a': got object, want string
  - at '/a': validation failed
    - at '/a': missing property 'k'
    - at '/a/v': got number, want string
- at '/b': got number, want object
`);
});

test('formats count up to draft 7', async () => {
  const schema = (draft: string): object => ({ $schema: draft, properties: { e: { format: 'email' } } });
  const values = { e: 'x' };
  expect(await problems(chart('c', schema('http://json-schema.org/draft-07/schema#')), values)).toBe(
    "c:\n- at '/e': 'x' is not valid email: missing @\n",
  );
  expect(await problems(chart('c', schema('https://json-schema.org/draft/2020-12/schema')), values)).toBe('');
});

test('sub-charts are checked with their sections', async () => {
  const root = chart('c', undefined, chart('s', { required: ['x'] }), chart('t', {}));
  expect(await problems(root, { s: {}, t: 'text' })).toBe(
    "s:\n- at '': missing property 'x'\nt:\ninvalid type for values: expected object (map), got string\n",
  );
});

test('schemas elsewhere are loaded when a value needs them', async () => {
  const root = chart('c', { properties: { a: { $ref: 'https://x.test/s.json#/$defs/t' } } });
  const asked: string[] = [];
  const check = (values: object): Promise<void> =>
    checkSchemas(root, fromJs(values, 'float64') as Dict, {
      loadSchema: async (url) => {
        asked.push(url);
        return '{"$defs":{"t":{"$ref":"#/$defs/u"},"u":{"type":"string"}}}';
      },
    });
  await check({});
  expect(asked).toEqual([]);
  await expect(check({ a: 1 })).rejects.toThrow("c:\n- at '/a': got number, want string\n");
  await check({ a: 'x' });
  expect(asked).toEqual(['https://x.test/s.json']);
});

test('without a loader they are an error', async () => {
  const root = chart('c', { $ref: 'https://x.test/s.json' });
  expect(await problems(root, {})).toBe(
    'c:\nfailing loading "https://x.test/s.json": schemas outside the chart are not read',
  );
});
