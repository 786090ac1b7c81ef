import { readFileSync } from 'node:fs';
import { fromJs, GoTime } from '@flotilla/gocompat';
import { expect, test } from 'vitest';
import { callFunction, mergeFunctions } from './function-table.ts';
import type { TemplateHost } from './host.ts';
import { sprigFunctions } from './sprig/sprig.ts';
import { TemplateSet } from './template-set.ts';

/** A row: what Go's text/template with sprig v3.3.0 made of the template, its text or its whole error. */
interface Vector {
  readonly name: string;
  readonly template: string;
  readonly data: unknown;
  readonly missingkey?: 'default' | 'zero' | 'error';
  readonly expect?: string;
  readonly error?: string;
}

const vectors = JSON.parse(
  readFileSync(new URL('../test-vectors.json', import.meta.url), 'utf8'),
) as readonly Vector[];

const utc = { name: 'UTC', at: () => ({ offset: 0, abbreviation: 'UTC' }) };
const host: TemplateHost = {
  now: () => new GoTime(1_764_000_000, 0, utc),
  localZone: () => utc,
  env: () => undefined,
  randomBytes: (count) => Uint8Array.from({ length: count }, (_, index) => index),
  lookupHost: () => [],
};

const functions = mergeFunctions(
  sprigFunctions(host),
  new Map([
    ['include', callFunction(['string', 'any'], (call, name, data) => call.executeTemplate(name, data))],
  ]),
);

function run({ template, data, missingkey = 'zero' }: Vector): Pick<Vector, 'expect' | 'error'> {
  const set = new TemplateSet({ functions, missingKey: missingkey, rootName: 't' });
  try {
    set.parse('t', template);
    return { expect: set.execute('t', fromJs(data)) };
  } catch (error) {
    return { error: (error as Error).message };
  }
}

test.each(vectors)('$name', (vector) => {
  const { expect: text, error } = vector;
  expect(run(vector)).toEqual(error === undefined ? { expect: text } : { error });
});
