import { describe, expect, test } from 'vitest';
import { render } from './testing.ts';

describe('defaults', () => {
  test.each([
    [
      '{{ default "d" "" }} {{ default "d" 0 }} {{ default "d" false }} {{ default "d" (list) }} {{ default "d" (dict) }} {{ default "d" nil }} {{ default "d" 0.0 }}',
      'd d d d d d d',
    ],
    ['{{ default "d" "x" "y" }} {{ default "d" }} {{ default true false }}', 'x d true'],
    [
      '{{ empty now }} {{ empty "0" }} {{ empty (int64 0) }} {{ empty (float64 "nan") }}',
      'false false true false',
    ],
    ['{{ coalesce nil "" 0 "x" "y" }} {{ coalesce nil "" }} {{ coalesce }}', 'x <no value> <no value>'],
    [
      '{{ all }} {{ all 1 "a" }} {{ all 1 0 }} {{ any }} {{ any 0 "a" }} {{ any 0 "" }}',
      'true true false false true false',
    ],
    ['{{ ternary "y" "n" true }} {{ true | ternary "y" "n" }} {{ false | ternary "y" "n" }}', 'y y n'],
    ['{{ ternary 1 2 "true" }}', 'template: t:1:15: executing "t" at <"true">: expected bool; found "true"'],
  ])('%s', (template, output) => {
    expect(render(template)).toBe(output);
  });
});

describe('fail', () => {
  test.each([
    [
      '{{ fail "stop: here" }}',
      'template: t:1:3: executing "t" at <fail "stop: here">: error calling fail: stop: here',
    ],
    ['{{ "x" | fail }}', 'template: t:1:9: executing "t" at <fail>: error calling fail: x'],
  ])('%s', (template, output) => {
    expect(render(template)).toBe(output);
  });
});
