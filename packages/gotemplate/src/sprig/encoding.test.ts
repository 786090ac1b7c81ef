import { describe, expect, test } from 'vitest';
import { render } from './testing.ts';

describe('base64 and base32', () => {
  test.each([
    [
      '{{ b64enc "héllo" }} {{ b64dec "aMOpbGxv" }} {{ b64enc (trunc 1 "é") }} {{ b64dec "/w==" | printf "%q" }}',
      'aMOpbGxv héllo ww== "\\xff"',
    ],
    [
      '{{ b64dec "Y Q==" }}|{{ b64dec "YQ" }}|{{ b64dec "YQ=" }}|{{ b64dec "YQ=x" }}|{{ b64dec "YQ==x" }}|{{ b64dec "=" }}|{{ b64dec "YQ==\\n" }}|{{ b64dec "Y\\nQ\\r==" }}',
      'illegal base64 data at input byte 1|illegal base64 data at input byte 0|illegal base64 data at input byte 3|illegal base64 data at input byte 2|illegal base64 data at input byte 4|illegal base64 data at input byte 0|a|a',
    ],
    [
      '{{ b32enc "hello" }} {{ b32enc "a" }} {{ b32dec "NBSWY3DP" }} {{ b32dec "ME======" }} {{ b32enc "" }}|',
      'NBSWY3DP ME====== hello a |',
    ],
    [
      '{{ b32dec "nbswy3dp" }}|{{ b32dec "ME" }}|{{ b32dec "ME==" }}|{{ b32dec "ME=A====" }}|{{ b32dec "MEA=====" }}',
      'illegal base32 data at input byte 0|illegal base32 data at input byte 0|illegal base32 data at input byte 4|illegal base32 data at input byte 2|illegal base32 data at input byte 3',
    ],
  ])('%s', (template, output) => {
    expect(render(template)).toBe(output);
  });
});

describe('JSON', () => {
  test.each([
    [
      '{{ toJson (dict "b" "<&>" "a" (list 1 1.5 nil true 1e21)) }} {{ toRawJson (dict "b" "<&>") }}',
      '{"a":[1,1.5,null,true,1e+21],"b":"\\u003c\\u0026\\u003e"} {"b":"<&>"}',
    ],
    [
      '{{ toPrettyJson (dict "a" (list 1 (dict)) "b" (list)) }}',
      '{\n  "a": [\n    1,\n    {}\n  ],\n  "b": []\n}',
    ],
    ['{{ toJson (float64 "inf") }}|{{ toPrettyJson (float64 "nan") }}|', '||'],
    [
      '{{ toRawJson (float64 "inf") }}',
      'template: t:1:3: executing "t" at <toRawJson (float64 "inf")>: error calling toRawJson: json: unsupported value: +Inf',
    ],
    [
      '{{ mustToJson (float64 "-inf") }}',
      'template: t:1:3: executing "t" at <mustToJson (float64 "-inf")>: error calling mustToJson: json: unsupported value: -Inf',
    ],
    [
      '{{ fromJson "{\\"a\\":[1,2.5,null]}" }} {{ fromJson "5" }} {{ fromJson "bad" }}',
      'map[a:[1 2.5 <nil>]] 5 <no value>',
    ],
    [
      '{{ mustFromJson "bad" }}',
      'template: t:1:3: executing "t" at <mustFromJson "bad">: error calling mustFromJson: invalid character \'b\' looking for beginning of value',
    ],
    [
      '{{ mustFromJson "" }}',
      'template: t:1:3: executing "t" at <mustFromJson "">: error calling mustFromJson: unexpected end of JSON input',
    ],
    [
      '{{ mustFromJson "[1,]" }}',
      'template: t:1:3: executing "t" at <mustFromJson "[1,]">: error calling mustFromJson: invalid character \']\' looking for beginning of value',
    ],
  ])('%s', (template, output) => {
    expect(render(template)).toBe(output);
  });
});

describe('checksums', () => {
  test.each([
    [
      '{{ sha1sum "a" }} {{ sha256sum "é" }}',
      '86f7e437faa5a7fce15d1ddcb9eaeaea377667b8 4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c',
    ],
    [
      '{{ sha512sum "" }}',
      'cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e',
    ],
    ['{{ adler32sum "Wikipedia" }} {{ adler32sum "" }}', '300286872 1'],
    ['{{ sha256sum (trunc 1 "é") }}', 'ae3f4619b0413d70d3004b9131c3752153074e45725be13b9a148978895e359e'],
  ])('%s', (template, output) => {
    expect(render(template)).toBe(output);
  });
});
