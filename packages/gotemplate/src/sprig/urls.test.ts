import { describe, expect, test } from 'vitest';
import { render } from './testing.ts';

describe('urlParse', () => {
  test.each([
    [
      '{{ urlParse "HTTP://u:p%40@Host:80/a%20b?q=1&r#f%21" | toJson }}',
      '{"fragment":"f!","host":"Host:80","hostname":"Host","opaque":"","path":"/a b","query":"q=1\\u0026r","scheme":"http","userinfo":"u:p%40"}',
    ],
    [
      '{{ urlParse "mailto:x@y.z" | toJson }}',
      '{"fragment":"","host":"","hostname":"","opaque":"x@y.z","path":"","query":"","scheme":"mailto","userinfo":""}',
    ],
    [
      '{{ urlParse "//h/p" | toJson }} {{ urlParse "/rel?x" | toJson }}',
      '{"fragment":"","host":"h","hostname":"h","opaque":"","path":"/p","query":"","scheme":"","userinfo":""} {"fragment":"","host":"","hostname":"","opaque":"","path":"/rel","query":"x","scheme":"","userinfo":""}',
    ],
    [
      '{{ urlParse "https://[::1%25en0]:443/" | toJson }}',
      '{"fragment":"","host":"[::1%en0]:443","hostname":"::1%en0","opaque":"","path":"/","query":"","scheme":"https","userinfo":""}',
    ],
    [
      '{{ urlParse ":x" }}',
      'template: t:1:3: executing "t" at <urlParse ":x">: error calling urlParse: unable to parse url: parse ":x": missing protocol scheme',
    ],
    [
      '{{ urlParse "a:b:c" | toJson }} {{ urlParse "1a:b" }}',
      'template: t:1:35: executing "t" at <urlParse "1a:b">: error calling urlParse: unable to parse url: parse "1a:b": first path segment in URL cannot contain colon',
    ],
    [
      '{{ urlParse "http://h/%zz" }}',
      'template: t:1:3: executing "t" at <urlParse "http://h/%zz">: error calling urlParse: unable to parse url: parse "http://h/%zz": invalid URL escape "%zz"',
    ],
    [
      '{{ urlParse "http://[::1" }}',
      'template: t:1:3: executing "t" at <urlParse "http://[::1">: error calling urlParse: unable to parse url: parse "http://[::1": missing \']\' in host',
    ],
    [
      '{{ urlParse "http://[::zz]/" }}',
      'template: t:1:3: executing "t" at <urlParse "http://[::zz]/">: error calling urlParse: unable to parse url: parse "http://[::zz]/": invalid host: ParseAddr("::zz"): each colon-separated field must have at least one digit (at "zz")',
    ],
    [
      '{{ urlParse "http://h:x/" }}',
      'template: t:1:3: executing "t" at <urlParse "http://h:x/">: error calling urlParse: unable to parse url: parse "http://h:x/": invalid port ":x" after host',
    ],
    [
      '{{ urlParse "http://a:1:2/" }}',
      'template: t:1:3: executing "t" at <urlParse "http://a:1:2/">: error calling urlParse: unable to parse url: parse "http://a:1:2/": invalid port ":1:2" after host',
    ],
    [
      '{{ urlParse "pg://a:1,b:2/" | toJson }}',
      '{"fragment":"","host":"a:1,b:2","hostname":"a:1,b","opaque":"","path":"/","query":"","scheme":"pg","userinfo":""}',
    ],
    [
      '{{ urlParse "http://a b/" }}',
      'template: t:1:3: executing "t" at <urlParse "http://a b/">: error calling urlParse: unable to parse url: parse "http://a b/": invalid character " " in host name',
    ],
    [
      '{{ urlParse "a\\x01" }}',
      'template: t:1:3: executing "t" at <urlParse "a\\x01">: error calling urlParse: unable to parse url: parse "a\\x01": net/url: invalid control character in URL',
    ],
    [
      '{{ urlParse "http://a\\"b@h/" }}',
      'template: t:1:3: executing "t" at <urlParse "http://a\\"b@h/">: error calling urlParse: unable to parse url: parse "http://a\\"b@h/": net/url: invalid userinfo',
    ],
    [
      '{{ urlParse "http://%41/" }}',
      'template: t:1:3: executing "t" at <urlParse "http://%41/">: error calling urlParse: unable to parse url: parse "http://%41/": invalid URL escape "%41"',
    ],
  ])('%s', (template, output) => {
    expect(render(template)).toBe(output);
  });
});

describe('urlJoin', () => {
  test.each([
    ['{{ urlJoin (urlParse "http://u:p@host:80/a%20b?q=1#f") }}', 'http://u:p@host:80/a%20b?q=1#f'],
    [
      '{{ urlJoin (dict "scheme" "http" "host" "h" "path" "a b?#é") }} {{ urlJoin (dict "path" "a:b") }} {{ urlJoin (dict) }}|',
      'http://h/a%20b%3F%23%C3%A9 ./a:b |',
    ],
    [
      '{{ urlJoin (dict "scheme" "mailto" "opaque" "a@b") }} {{ urlJoin (dict "scheme" "file" "path" "/x") }} {{ urlJoin (dict "host" "h" "userinfo" "u:p w") }}',
      'template: t:1:106: executing "t" at <urlJoin (dict "host" "h" "userinfo" "u:p w")>: error calling urlJoin: unable to parse userinfo in dict: parse "proto://u:p w@host": net/url: invalid userinfo',
    ],
    ['{{ urlJoin (dict "host" "h" "fragment" "a!b" "query" "x y") }}', '//h?x y#a!b'],
    [
      '{{ urlJoin (dict "scheme" 1) }}',
      'template: t:1:3: executing "t" at <urlJoin (dict "scheme" 1)>: error calling urlJoin: unable to parse scheme key, must be of type string, but int found',
    ],
    [
      '{{ urlJoin (dict "scheme" nil) }}',
      'template: t:1:3: executing "t" at <urlJoin (dict "scheme" nil)>: error calling urlJoin: runtime error: invalid memory address or nil pointer dereference',
    ],
  ])('%s', (template, output) => {
    expect(render(template)).toBe(output);
  });
});
