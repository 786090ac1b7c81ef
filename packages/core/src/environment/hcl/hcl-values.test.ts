// biome-ignore-all lint/suspicious/noTemplateCurlyInString: HCL templates look like those of JavaScript.
import { source } from '@flotilla/diagnostics';
import { toGoJson } from '@flotilla/gocompat';
import { describe, expect, it } from 'vitest';
import { evaluateHclValues } from './hcl-values.ts';

function evaluate(...texts: readonly string[]): string {
  try {
    return toGoJson(evaluateHclValues(texts.map((text, index) => source(`${index}.hcl`, text))));
  } catch (error) {
    return String((error as Error).message);
  }
}

/** The value of one expression. */
function value(expression: string): string {
  const result = evaluate(`values {\n  r = ${expression}\n}\n`);
  return result.startsWith('{"r":') ? result.slice(5, -1) : result;
}

describe('files', () => {
  it('have values and locals, evaluated in the order they need each other', () => {
    const text = `
      locals {
        b = "x-\${local.a}" # comment
        a = 1
      }
      values {
        sum  = hv.n + 1 // comment
        n    = 1000000
        name = local.b
        m    = { a = 1, "b c" = [true, null], (local.b) = 3 }
        deep = hv.m["b c"][0] ? hv.m.a : "no"
      }`;
    expect(evaluate(text)).toBe(
      '{"deep":1,"m":{"a":1,"b c":[true,null],"x-1":3},"n":1000000,"name":"x-1","sum":1000001}',
    );
  });

  it('merge names in their order, each with its own locals', () => {
    expect(
      evaluate(
        'values {\n a = { x = 1, y = 2 }\n b = [1, 2]\n c = "one"\n}\n',
        'locals { q = "loc" }\nvalues {\n a = { y = 3, z = 4 }\n b = [9]\n c = null\n d = "${local.q}-${hv.c}"\n}\n',
      ),
    ).toBe('{"a":{"x":1,"y":3,"z":4},"b":[9],"c":"one","d":"loc-one"}');
  });

  it.each([
    ['values {\n a = hv.b\n}\n', 'variables "a" depend(s) on undefined vars "b"'],
    [
      'values {\n a = hv.b\n b = hv.a\n}\n',
      'error while building the DAG variable graph : cycle detected: a -> b -> a',
    ],
    [
      'values {\n a = hv\n}\n',
      '0.hcl:2,6-8: Invalid reference; The "hv" object cannot be accessed directly. Instead, access it from one of its root.',
    ],
    [
      'values {\n a = nope(1)\n}\n',
      'error when trying to evaluate variable a : 0.hcl:2,6-10: Call to unknown function; There is no function named "nope".',
    ],
    [
      'values {\n a = "x" * 2\n}\n',
      'error when trying to evaluate variable a : 0.hcl:2,6-9: Invalid operand; Unsuitable value for left operand: a number is required.',
    ],
    [
      'values {\n a = { x = 1 }.y\n}\n',
      'error when trying to evaluate variable a : 0.hcl:2,15-17: Unsupported attribute; This object does not have an attribute named "y".',
    ],
    ['foo {\n}\n', '0.hcl:1,1-4: Unsupported block type; Blocks of type "foo" are not expected here.'],
    ['a = 1\n', '0.hcl:1,1-2: Unsupported argument; An argument named "a" is not expected here.'],
    ['locals {}\nlocals {}\n', '0.hcl:1,1-7: A file can only support exactly 1 `locals` block; '],
  ])('%j is refused', (text, message) => {
    expect(evaluate(text)).toBe(message);
  });
});

describe('expressions', () => {
  it.each([
    ['1 + 2 * 3 - 10 / 4', '4.5'],
    ['0.1 + 0.2', '0.3'],
    ['"1" == 1', 'false'],
    ['[1, {a = 2}] == [1, {a = 2}]', 'true'],
    ['1 < 2 && !false || false', 'true'],
    ['[for i, x in ["a", "b", "c"] : "${i}${x}" if x != "b"]', '["0a","2c"]'],
    ['{for k, v in {a = 1, b = 2} : upper(k) => v + 1}', '{"A":2,"B":3}'],
    ['{for x in ["aa", "ab", "b"] : substr(x, 0, 1) => x...}', '{"a":["aa","ab"],"b":["b"]}'],
    ['[{n = 1}, {n = 2}][*].n', '[1,2]'],
    ['{a = {b = [7]}}.a.b.0', '7'],
    ['"%{ if 1 < 2 }yes%{ else }no%{ endif } %{ for x in [1, 2] }${x},%{ endfor }"', '"yes 1,2,"'],
    ['"a ${~ "b" ~} c"', '"abc"'],
    ['"\\t\\u00e9 $${x} %%{y}"', '"\\té ${x} %{y}"'],
    ['try({}.a.b, "fallback")', '"fallback"'],
    ['can({}.a)', 'false'],
    ['max([1, 5, 3]...)', '5'],
  ])('%s', (expression, expected) => {
    expect(value(expression)).toBe(expected);
  });

  it('span lines inside brackets and in heredocs', () => {
    expect(value('[\n 1, # one\n 2,\n]')).toBe('[1,2]');
    expect(value('<<-EOT\n    a ${1}\n      b\n    EOT')).toBe('"a 1\\n  b\\n"');
  });
});

describe('functions', () => {
  it.each([
    ['parseint("-zz", 36)', '-1295'],
    ['join("-", ["a", 1], ["c"])', '"a-1-c"'],
    ['strlen("héllo👨‍👩‍👧")', '6'],
    ['regex("(?P<d>\\\\d)(?P<w>\\\\w)", "1a")', '{"d":"1","w":"a"}'],
    ['regexall("[a-z]", "a1b2")', '["a","b"]'],
    ['chunklist([1, 2, 3], 2)', '[[1,2],[3]]'],
    ['coalesce(null, "", "a")', '""'],
    ['element(["a", "b", "c"], 4)', '"b"'],
    ['flatten([[1, [2]], [], [3]])', '[1,2,3]'],
    ['lookup({a = 1}, "b", 7)', '7'],
    ['merge({a = 1}, {b = 2}, null)', '{"a":1,"b":2}'],
    ['range(10, 0, -3)', '[10,7,4,1]'],
    ['setunion(["b", "a"], ["c", "a"])', '["a","b","c"]'],
    ['setproduct(["a"], [1, 2])', '[["a",1],["a",2]]'],
    ['zipmap(["a", "b"], [1, 2])', '{"a":1,"b":2}'],
    ['jsondecode("{\\"a\\":[1,2.5]}")', '{"a":[1,2.5]}'],
    [
      'yamlencode({b = [1, "x"], a = {}, e = "m\\nl"})',
      '"\\"a\\": {}\\n\\"b\\":\\n- 1\\n- \\"x\\"\\n\\"e\\": |-\\n  m\\n  l\\n"',
    ],
    ['csvdecode("a,b\\n1,\\"x,y\\"\\n")', '[{"a":"1","b":"x,y"}]'],
    ['format("%s %05.2f %q %v %#v %%", "x", 3.14159, "q", true, [1])', '"x 03.14 \\"q\\" true [1] %"'],
    ['formatlist("%s-%s", ["a", "b"], "c")', '["a-c","b-c"]'],
    [
      'formatdate("EEEE, DD-MMM-YY hh:mm:ss ZZZ", "2018-01-02T23:12:01Z")',
      '"Tuesday, 02-Jan-18 23:12:01 UTC"',
    ],
    ['timeadd("2017-11-22T00:00:00+02:00", "-36h")', '"2017-11-20T12:00:00+02:00"'],
    ['cidrhost("10.0.0.0/24", -2)', '"10.0.0.254"'],
    ['cidrsubnet("fd00:fd12:3456:7890::/56", 16, 162)', '"fd00:fd12:3456:7800:a200::/72"'],
    ['cidrsubnets("10.1.0.0/16", 4, 4, 8)', '["10.1.0.0/20","10.1.16.0/20","10.1.32.0/24"]'],
  ])('%s', (expression, expected) => {
    expect(value(expression)).toBe(expected);
  });
});
