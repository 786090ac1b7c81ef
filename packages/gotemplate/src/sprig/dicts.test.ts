import { describe, expect, test } from 'vitest';
import { render } from './testing.ts';

describe('building', () => {
  test.each([
    [
      '{{ dict "a" 1 "b" | toJson }} {{ dict 1 2 nil 3 1.5 4 | toJson }} {{ dict }}',
      '{"a":1,"b":""} {"1":2,"1.5":4,"\\u003cnil\\u003e":3} map[]',
    ],
    [
      '{{ $d := dict "a" 1 }}{{ $e := set $d "b" 2 }}{{ $d }} {{ unset $e "a" }} {{ $d }}',
      'map[a:1 b:2] map[b:2] map[b:2]',
    ],
    [
      '{{ $d := dict "a" 1 "b" 2 "c" 3 }}{{ pick $d "a" "x" "c" }} {{ omit $d "a" "x" }} {{ $d }}',
      'map[a:1 c:3] map[b:2 c:3] map[a:1 b:2 c:3]',
    ],
  ])('%s', (template, output) => {
    expect(render(template)).toBe(output);
  });
});

describe('reading', () => {
  test.each([
    [
      '{{ $d := dict "a" 1 "n" nil }}{{ get $d "a" }} {{ get $d "x" | quote }} {{ get $d "n" | quote }}|{{ hasKey $d "n" }} {{ hasKey $d "x" }}',
      '1 "" |true false',
    ],
    ['{{ keys (dict "b" 1) (dict "b" 2) }} {{ values (dict "b" 1) }} {{ keys | toJson }}', '[b b] [1] []'],
    ['{{ pluck "a" (dict "a" 1) (dict "b" 2) (dict "a" nil) | toJson }}', '[1,null]'],
    [
      '{{ hasKey (dict "__proto__" 1) "__proto__" }} {{ hasKey (dict) "constructor" }} {{ get (dict) "toString" | quote }}',
      'true false ""',
    ],
    [
      '{{ $d := dict "a" (dict "b" (dict "c" 1)) }}{{ dig "a" "b" "c" "d" $d }} {{ dig "a" "x" "c" "d" $d }} {{ dig "a" "d" $d }}',
      '1 d map[b:map[c:1]]',
    ],
    [
      '{{ dig "a" nil (dict "a" nil) | toJson }} {{ dig "a" "b" "d" (dict "a" (dict "b" nil)) | toJson }}',
      'null null',
    ],
    [
      '{{ dig "a" "b" "d" (dict "a" 1) }}',
      'template: t:1:3: executing "t" at <dig "a" "b" "d" (dict "a" 1)>: error calling dig: interface conversion: interface {} is int, not map[string]interface {}',
    ],
    [
      '{{ dig "a" "b" "d" (dict "a" nil) }}',
      'template: t:1:3: executing "t" at <dig "a" "b" "d" (dict "a" nil)>: error calling dig: interface conversion: interface {} is nil, not map[string]interface {}',
    ],
    [
      '{{ dig 1 "d" (dict) }}',
      'template: t:1:3: executing "t" at <dig 1 "d" (dict)>: error calling dig: interface conversion: interface {} is int, not string',
    ],
    [
      '{{ dig "a" (dict) }}',
      'template: t:1:3: executing "t" at <dig "a" (dict)>: error calling dig: dig needs at least three arguments',
    ],
    [
      '{{ dig "a" "d" (split "," "a") }}',
      'template: t:1:3: executing "t" at <dig "a" "d" (split "," "a")>: error calling dig: interface conversion: interface {} is map[string]string, not map[string]interface {}',
    ],
    [
      '{{ hasKey (split "," "a") "_0" }}',
      'template: t:1:21: executing "t" at <"a">: wrong type for value; expected map[string]interface {}; got map[string]string',
    ],
    ['{{ hasKey nil "a" }} {{ get nil "a" | quote }} {{ keys nil }} {{ pick nil "a" }}', 'false "" [] map[]'],
    [
      '{{ set nil "a" 1 }}',
      'template: t:1:3: executing "t" at <set nil "a" 1>: error calling set: assignment to entry in nil map',
    ],
  ])('%s', (template, output) => {
    expect(render(template)).toBe(output);
  });
});

describe('merging', () => {
  test.each([
    [
      '{{ merge (dict "a" 1 "z" 0 "e" "" "f" false "l" (list) "n" nil) (dict "a" 2 "z" 3 "e" "x" "f" true "l" (list 1) "n" 5 "new" 6) | toJson }}',
      '{"a":1,"e":"x","f":true,"l":[1],"n":5,"new":6,"z":3}',
    ],
    [
      '{{ merge (dict "m" (dict "a" 1)) (dict "m" (dict "a" 2 "b" 3)) (dict "m" (dict "c" 4)) | toJson }}',
      '{"m":{"a":1,"b":3,"c":4}}',
    ],
    [
      '{{ merge (dict "a" 1) (dict "b" nil) | toJson }} {{ mergeOverwrite (dict "a" 1) (dict "a" nil "b" nil) | toJson }}',
      '{"a":1} {"a":null,"b":null}',
    ],
    [
      '{{ mergeOverwrite (dict "a" 1 "l" (list 1 2) "m" (dict "x" 1) "s" "t") (dict "a" 0 "l" (list) "m" (dict) "s" "") | toJson }}',
      '{"a":0,"l":[],"m":{"x":1},"s":""}',
    ],
    [
      '{{ mergeOverwrite (dict "m" (dict "a" 1)) (dict "m" "scalar") | toJson }} {{ mergeOverwrite (dict "m" 1) (dict "m" (dict "a" 1)) | toJson }} {{ merge (dict "m" 1) (dict "m" (dict "a" 1)) | toJson }}',
      '{"m":"scalar"} {"m":{"a":1}} {"m":1}',
    ],
    [
      '{{ $d := dict }}{{ $m := merge $d (dict "s" (dict "a" 1)) }}{{ $d }} {{ merge $d $d }}',
      'map[s:map[a:1]] map[s:map[a:1]]',
    ],
    ['{{ merge (dict "a" (dict "x" 1)) (dict "a" (split "," "p,q")) }}', 'map[a:map[_0:p _1:q x:1]]'],
    [
      '{{ mustMerge (dict "a" 1) (dict "b" 2) }} {{ mustMergeOverwrite (dict "a" 1) (dict "a" 2) }}',
      'map[a:1 b:2] map[a:2]',
    ],
    [
      '{{ merge (dict "a" (split "," "p")) (dict "a" (dict "b" 1)) }}',
      'template: t:1:3: executing "t" at <merge (dict "a" (split "," "p")) (dict "a" (dict "b" 1))>: error calling merge: reflect.Value.SetMapIndex: value of type interface {} is not assignable to type string',
    ],
  ])('%s', (template, output) => {
    expect(render(template)).toBe(output);
  });
});

describe('copying', () => {
  test.each([
    [
      '{{ $a := dict "m" (dict "x" 1) "l" (list (dict "y" 1)) }}{{ $b := deepCopy $a }}{{ $_ := set $b.m "x" 2 }}{{ $_ := set (first $b.l) "y" 2 }}{{ toJson $a }} {{ toJson $b }}',
      '{"l":[{"y":1}],"m":{"x":1}} {"l":[{"y":2}],"m":{"x":2}}',
    ],
    [
      '{{ deepCopy (until 2) | typeOf }} {{ deepCopy (rest (list)) | toJson }} {{ mustDeepCopy "a" }} {{ deepCopy (list nil) | toJson }} {{ deepCopy (split "," "a") | typeOf }}',
      '[]int null a [null] map[string]string',
    ],
    [
      '{{ deepCopy nil }}',
      'template: t:1:3: executing "t" at <deepCopy nil>: error calling deepCopy: reflect: call of reflect.Value.Type on zero Value',
    ],
  ])('%s', (template, output) => {
    expect(render(template)).toBe(output);
  });
});
