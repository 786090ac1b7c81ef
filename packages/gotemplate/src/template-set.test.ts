import { locationOf, source } from '@flotilla/diagnostics';
import {
  type Dict,
  dict,
  duration,
  fromJs,
  GoError,
  type GoMethod,
  GoStruct,
  GoTime,
  int,
  int64,
  namedDict,
  stringMap,
  stringSlice,
  TypedMap,
  utcZone,
} from '@flotilla/gocompat';
import { describe, expect, test } from 'vitest';
import { TemplateError } from './errors.ts';
import { TemplateLanguage } from './eval/language.ts';
import { parseTemplates } from './eval/parsed-templates.ts';
import {
  callFunction,
  type FunctionTable,
  goFunction,
  goMethod,
  variadicFunction,
} from './function-table.ts';
import { Suspension } from './suspension.ts';
import { type ExecuteOptions, TemplateSet } from './template-set.ts';

const functions: FunctionTable = new Map([
  ['include', callFunction(['string', 'any'], (call, name, data) => call.executeTemplate(name, data))],
  ['tpl', callFunction(['string', 'any'], (call, text, data) => call.executeText('gotpl', text, data))],
  [
    'fail',
    goFunction(['string'], (message) => {
      throw new GoError(message);
    }),
  ],
  ['upper', goFunction(['string'], (text) => text.toUpperCase())],
  ['trunc', goFunction(['int', 'string'], (count, text) => text.slice(0, count))],
  ['keys', goFunction(['map'], (map) => int(map === null ? -1 : Object.keys(map).length))],
  ['list', variadicFunction([], 'any', (...items) => items)],
  ['null', goFunction([], () => null)],
  ['now', goFunction([], () => new GoTime(1_764_000_000, 5, utcZone))],
]);

function render(template: string, data: unknown = {}, options: ExecuteOptions = {}): string {
  const set = new TemplateSet({ functions, missingKey: 'zero', rootName: 'gotpl' });
  set.parse('t', template);
  return set.execute('t', fromJs(data), options);
}

function failure(run: () => unknown): TemplateError {
  try {
    run();
  } catch (error) {
    if (error instanceof TemplateError) return error;
    throw error;
  }
  throw new Error('it did not fail');
}

describe('output', () => {
  test.each([
    ['{{if .a}}1{{else if .b}}2{{else}}3{{end}}', { b: true }, '2'],
    ['{{with .m}}{{.k}}{{else}}none{{end}}', { m: { k: 'v' } }, 'v'],
    ['{{with .no}}x{{else with .m}}{{.k}}{{end}}', { m: { k: 'v' } }, 'v'],
    ['{{range $i, $e := .l}}{{$i}}={{$e}};{{end}}', { l: ['a', 'b'] }, '0=a;1=b;'],
    ['{{range .m}}{{.}},{{end}}', { m: { b: 2, a: 1, B: 3 } }, '3,1,2,'],
    ['{{range $x := .l}}x{{else}}{{$x}}none{{end}}', { l: [] }, '[]none'],
    ['{{range 3}}{{.}}{{end}}{{range -1}}x{{else}}e{{end}}', {}, '012e'],
    [
      '{{range .l}}{{if eq . 2.0}}{{continue}}{{end}}{{if eq . 4.0}}{{break}}{{end}}{{.}}{{end}}',
      { l: [1, 2, 3, 4] },
      '13',
    ],
    ['{{$x := 1}}{{if true}}{{$x = 2}}{{$x := 3}}{{end}}{{$x}}', {}, '2'],
    ['{{$i := 0}}{{range $i = .l}}{{end}}{{$i}}', { l: ['p', 'q'] }, 'q'],
    ['{{$y := 0}}{{and false ($y := 1)}}{{$y}}', {}, 'false0'],
    ['{{and true ($y := 1)}}{{$y}}', {}, '11'],
    [
      '{{define "d"}}[{{.}}{{$}}]{{end}}{{template "d" .a}}{{template "d"}}',
      { a: 'x' },
      '[xx][<no value><no value>]',
    ],
    ['{{block "b" .a}}<{{.}}>{{end}}', { a: 1 }, '<1>'],
    ['{{.a | printf "%s-%s" "x" | upper}}', { a: 'y' }, 'X-Y'],
    ['{{(index .l 1).k}} {{len .s}} {{index .s 0}}', { l: [0, { k: 'v' }], s: 'é' }, 'v 2 195'],
    [
      '{{.n}} {{print .n}} {{printf "%v" (list nil 1000000.0)}}',
      { n: null },
      '<no value> <nil> [<nil> 1e+06]',
    ],
    ['{{or .a .b "c"}} {{and 1 0 2}} {{"p" | and "q"}} {{not .a}}', {}, 'c 0 p true'],
    ['{{html "<a>"}} {{js "a=\'b\'"}} {{urlquery "a b&ü"}}', {}, "&lt;a&gt; a\\u003D\\'b\\' a+b%26%C3%BC"],
    ['{{((.a).b).c}}', {}, '<no value>'],
    ['{{2i}} {{eq 1+2i 1+2i}}', {}, '(0+2i) true'],
  ])('%s with %j is %j', (template, data, text) => {
    expect(render(template, data)).toBe(text);
  });

  test('an else-if ladder may be longer than the stack is deep', () => {
    const ladder = Array.from({ length: 500 }, (_, at) => `{{else if eq .n ${at}.0}}${at}`).join('');
    expect(render(`{{if false}}${ladder}{{end}}`, { n: 499 })).toBe('499');
  });

  test('text without actions is itself, bytes that are no text included', () => {
    expect(render('a\r\n\udc80}}\0')).toBe('a\r\n\udc80}}\0');
  });
});

describe('errors', () => {
  test.each([
    ['{{.a.b.c}}', {}, '1:4: executing "t" at <.a.b.c>: nil pointer evaluating interface {}.b'],
    ['é {{.a.b}}', { a: 'x' }, `1:7: executing "t" at <.a.b>: can't evaluate field b in type interface {}`],
    ['{{(.a).b}}', { a: 'x' }, `1:3: executing "t" at <.a>: can't evaluate field b in type string`],
    [
      '\n {{upper .x}}',
      {},
      '2:9: executing "t" at <.x>: wrong type for value; expected string; got interface {}',
    ],
    ['{{.x | upper}}', {}, '1:7: executing "t" at <upper>: invalid value; expected string'],
    [
      '{{.x | trunc 3}}',
      { x: 1 },
      '1:13: executing "t" at <3>: wrong type for value; expected string; got float64',
    ],
    ['{{trunc "a" "b"}}', {}, '1:8: executing "t" at <"a">: expected integer; found "a"'],
    ['{{trunc 1.5 "b"}}', {}, '1:8: executing "t" at <1.5>: expected integer; found 1.5'],
    ['{{upper nil}}', {}, '1:8: executing "t" at <nil>: cannot assign nil to string'],
    [
      '{{keys "a"}}',
      {},
      `1:7: executing "t" at <"a">: can't handle "a" for arg of type map[string]interface {}`,
    ],
    ['{{upper}}', {}, '1:2: executing "t" at <upper>: wrong number of args for upper: want 1 got 0'],
    ['{{1 2}}', {}, `1:2: executing "t" at <1>: can't give argument to non-function 1`],
    ['{{nil}}', {}, '1:2: executing "t" at <nil>: nil is not a command'],
    ['{{.m.k 1}}', { m: {} }, '1:4: executing "t" at <.m.k>: k is not a method but has arguments'],
    ['{{range .n}}{{end}}', { n: 2 }, `1:8: executing "t" at <.n>: range can't iterate over 2`],
    ['{{range or .n .o}}{{end}}', { o: true }, `1:14: executing "t" at <.o>: range can't iterate over true`],
    [
      '{{range $i, $v := 3}}{{end}}',
      {},
      `1:18: executing "t" at <3>: can't use 3 to iterate over more than one variable`,
    ],
    ['{{template "no" .x}}', {}, '1:11: executing "t" at <{{template "no" .x}}>: template "no" not defined'],
    ['{{$x = 1}}', {}, '1:7: executing "t" at <1>: undefined variable: $x'],
    ['{{$x := $x}}', {}, '1:8: executing "t" at <$x>: undefined variable: $x'],
    [
      '{{eq .n 1}}',
      { n: 1 },
      '1:2: executing "t" at <eq .n 1>: error calling eq: incompatible types for comparison: float64 and int',
    ],
    [
      '{{index .l 5}}',
      { l: [] },
      '1:2: executing "t" at <index .l 5>: error calling index: index out of range: 5',
    ],
    ['{{len .x}}', {}, '1:2: executing "t" at <len .x>: error calling len: len of nil pointer'],
    [
      '{{call .x}}',
      { x: 1 },
      '1:2: executing "t" at <call .x>: error calling call: non-function .x of type float64',
    ],
    ['{{"m" | fail}}', {}, '1:8: executing "t" at <fail>: error calling fail: m'],
    [
      '{{9223372036854775808}}',
      {},
      '1:2: executing "t" at <9223372036854775808>: 9223372036854775808 overflows int',
    ],
    [
      '{{define "d"}}\n{{fail "m"}}{{end}}{{include "d" .}}',
      {},
      '2:21: executing "t" at <include "d" .>: error calling include: template: t:2:2: executing "d" at <fail "m">: error calling fail: m',
    ],
    [
      '{{include "no" .}}',
      {},
      '1:2: executing "t" at <include "no" .>: error calling include: template: no template "no" associated with template "gotpl"',
    ],
    [
      '{{tpl "{{if}}" .}}',
      {},
      '1:2: executing "t" at <tpl "{{if}}" .>: error calling tpl: template: gotpl:1: missing value for if',
    ],
  ])('%s with %j fails', (template, data, message) => {
    expect(failure(() => render(template, data)).message).toBe(`template: t:${message}`);
  });

  test.each([
    ['default', '{{.x.y}}', '<no value>'],
    ['zero', '{{.x}}', '<no value>'],
    ['zero', '{{.m.x}}', ''],
    ['error', '{{.x}}', 'map has no entry for key "x"'],
    ['error', '{{.m.x}}', 'map has no entry for key "x"'],
    ['error', '{{(null).x}}', 'nil data; no entry for key "x"'],
  ] as const)('missingkey=%s: %s is %j', (missingKey, template, result) => {
    const set = new TemplateSet({ functions, missingKey });
    set.parse('t', template);
    const data = dict([['m', stringMap([])]]);
    const run = () => set.execute('t', data);
    if (missingKey === 'error') expect(failure(run).reason).toBe(result);
    else expect(run()).toBe(result);
  });

  test('a lenient run takes whatever is missing for nothing and prints what it is told', () => {
    const options = { isLenient: true, noValue: '' };
    expect(render('a{{.x.y.z}}b{{.n}}{{.m.k}}', { n: null, m: {} }, options)).toBe('ab');
  });

  test('the cause leads from call to call to what went wrong first', () => {
    const error = failure(() => render('{{define "d"}}{{fail "m"}}{{end}}{{include "d" .}}'));
    const inner = error.cause as TemplateError;
    expect([inner.templateName, inner.reason, (inner.cause as GoError).message]).toEqual([
      'd',
      'error calling fail: m',
      'm',
    ]);
  });

  test('the span is in the file the template was cut from', () => {
    const file = source('helmfile.yaml', 'values:\n  - |\n    a: {{ .x.y }}\n');
    const set = new TemplateSet({ functions, missingKey: 'zero' });
    set.parse('inline', source('inline', 'a: {{ .x.y }}\n', { source: file, line: 2, column: 4 }));
    const error = failure(() => set.execute('inline', dict()));
    expect(error.message).toMatch(/^template: inline:1:8: /);
    expect(error.span && locationOf(error.span)).toBe('helmfile.yaml:3:11');
  });
});

describe('limits', () => {
  test('endless nesting of templates ends with the error Go has for it', () => {
    const error = failure(() => render('{{define "d"}}{{template "d" .}}{{end}}{{template "d" .}}'));
    expect([error.code, error.message]).toEqual([
      'template/limit',
      'template: t:1:25: executing "d" at <{{template "d" .}}>: exceeded maximum template depth (100000)',
    ]);
  });

  test('endless inclusion ends too', () => {
    const error = failure(() => render('{{define "d"}}{{include "d" .}}{{end}}{{include "d" .}}'));
    expect(error.code).toMatch(/^template\//);
  });

  test('depth and output are bounded as told', () => {
    const nested = '{{define "d"}}{{if .n}}{{template "d" .n}}{{end}}{{end}}{{template "d" .}}';
    expect(failure(() => render(nested, { n: { n: {} } }, { maxDepth: 2 })).code).toBe('template/limit');
    expect(failure(() => render('{{range 100}}0123456789{{end}}', {}, { maxOutput: 500 })).reason).toBe(
      'output exceeds 500 characters',
    );
  });
});

describe('values of other Go types', () => {
  const capabilities = new GoStruct({
    goType: 'common.Capabilities',
    isPointer: true,
    fields: new Map<string, unknown>([
      ['Version', 'v1.30.0'],
      ['Nested', dict([['k', null]])],
    ]),
    methods: new Map<string, GoMethod>([
      ['Has', { name: 'Has', parameters: ['string'], call: (api) => api === 'apps/v1' }],
      [
        'Fails',
        {
          name: 'Fails',
          parameters: [],
          call: () => {
            throw new GoError('no');
          },
        },
      ],
    ]),
  });
  const files = new TypedMap<unknown>('engine.files', [['a.txt', 'A']], null);
  const language = new TemplateLanguage({
    functions,
    methods: new Map([
      [
        'engine.files',
        new Map([['Get', goMethod(['string'], (self, name) => (self as TypedMap).entries.get(name) ?? '')]]),
      ],
      ['common.Values', new Map([['Keys', goMethod([], (self) => int(Object.keys(self as Dict).length))]])],
    ]),
  });
  const data = dict([
    ['Capabilities', capabilities],
    ['Files', files],
    [
      'Values',
      namedDict('common.Values', [
        ['Keys', 'hidden'],
        ['k', 'v'],
      ]),
    ],
    ['labels', stringMap([['a', 'x']])],
    ['names', stringSlice(['p'])],
    ['i', int64(3)],
    ['d', duration(90_000_000_000)],
    ['century', duration(3_155_760_000_000_000_000n)],
  ]);
  const run = (template: string): string => {
    const set = new TemplateSet({ language, missingKey: 'zero' });
    set.parse('t', template);
    return set.execute('t', data);
  };

  test.each([
    [
      '{{.Capabilities.Version}} {{.Capabilities.Has "apps/v1"}} {{"x" | .Capabilities.Has}}',
      'v1.30.0 true false',
    ],
    ['{{.Files.Get "a.txt"}}{{.Files.Get "b"}}', 'A'],
    ['{{.Values.Keys}} {{.Values.k}}', '2 v'],
    [
      '{{.labels.a}}|{{.labels.b}}|{{index .labels "b"}}|{{range $k, $v := .labels}}{{$k}}{{$v}}{{end}}',
      'x|||ax',
    ],
    [
      '{{now.Year}} {{now.Month}} {{(now.Add .d).Format "15:04:05"}} {{.d.Minutes}}',
      '2025 November 16:01:30 1.5',
    ],
    ['{{range .i}}{{.}}{{end}}', '012'],
    [
      '{{now.Month}} {{printf "%02d|%d|%v|%x|%q|%T|%t" now.Month now.Month now.Month now.Month now.Month now.Month now.Month}}',
      'November 11|11|November|4e6f76656d626572|"November"|time.Month|%!t(time.Month=11)',
    ],
    ['{{eq now.Month 11}} {{printf "%#v" now.Weekday}} {{now.Weekday.String}}', 'true 1 Monday'],
    ['{{now.Sub (now.Add -9223372036854775807)}}', '2562047h47m16.854775807s'],
    ['{{(now.Add .century).Sub (now.Add -9223372036854775807)}}', '2562047h47m16.854775807s'],
    ['{{range now.Weekday}}{{.}}{{end}}', 'Sunday'],
  ])('%s is %j', (template, text) => {
    expect(run(template)).toBe(text);
  });

  test.each([
    ['{{.Capabilities.Nope}}', `<.Capabilities.Nope>: can't evaluate field Nope in type interface {}`],
    ['{{.Capabilities.Has}}', '<.Capabilities.Has>: wrong number of args for Has: want 1 got 0'],
    ['{{.Capabilities.Has 1}}', '<1>: expected string; found 1'],
    ['{{.Capabilities.Fails}}', '<.Capabilities.Fails>: error calling Fails: no'],
    [
      '{{.Capabilities.Version 1}}',
      '<.Capabilities.Version>: Version has arguments but cannot be invoked as function',
    ],
    ['{{.labels.a.b}}', `<.labels.a.b>: can't evaluate field b in type string`],
    ['{{range .names}}{{.x}}{{end}}', `<.x>: can't evaluate field x in type string`],
    ['{{trunc .i "a"}}', '<.i>: wrong type for value; expected int; got int64'],
  ])('%s fails', (template, message) => {
    expect(failure(() => run(template)).message.replace(/^template: \S+ executing "t" at /, '')).toBe(
      message,
    );
  });
});

describe('sets', () => {
  test('a later body replaces an earlier one unless it is blank', () => {
    const set = new TemplateSet({ functions });
    set.parse('a', '{{define "d"}}first{{end}}');
    set.parse('b', '{{define "d"}}second{{end}}');
    set.parse('c', '{{define "d"}} {{/* nothing */}}\n{{end}}{{template "d"}}');
    expect(set.execute('c', null)).toBe('second');
    expect([...set.names()].sort()).toEqual(['a', 'b', 'c', 'd']);
  });

  test('parsed templates are shared, and an overlay hides without changing what it lies over', () => {
    const language = new TemplateLanguage({ functions });
    const chart = parseTemplates(
      'chart',
      source('chart', '{{define "d"}}chart{{end}}{{template "d"}}'),
      language,
    );
    const set = new TemplateSet({ language });
    set.add(chart);
    const overlay = set.overlay();
    overlay.parse('own', '{{define "d"}}own{{end}}');
    expect([set.execute('chart', null), overlay.execute('chart', null)]).toEqual(['chart', 'own']);
    expect([set.has('own'), overlay.has('own')]).toEqual([false, true]);
  });

  test('what a text run as a template defines is seen by what it calls, and gone afterwards', () => {
    expect(
      render(
        `{{define "name"}}outer{{end}}{{define "show"}}{{template "name"}}{{end}}` +
          '{{tpl .text .}} {{include "show" .}}',
        { text: '{{define "name"}}inner{{end}}{{include "show" .}}' },
      ),
    ).toBe('inner outer');
  });

  test('an unknown name is Go’s error', () => {
    const set = new TemplateSet({ functions, rootName: 'gotpl' });
    expect(() => set.execute('x', null)).toThrow(
      new GoError('template: no template "x" associated with template "gotpl"'),
    );
  });

  test('functions see the context and the counters of the run; a suspension passes through', () => {
    const set = new TemplateSet({
      functions: new Map([
        ['who', callFunction([], (call) => call.context)],
        [
          'count',
          callFunction([], (call) => {
            const next = (call.counters.get('n') ?? 0) + 1;
            call.counters.set('n', next);
            return int(next);
          }),
        ],
        [
          'ask',
          goFunction(['string'], (question) => {
            throw new Suspension(question);
          }),
        ],
      ]),
    });
    set.parse('t', '{{who}}{{count}}{{count}}');
    expect([set.execute('t', null, { context: 'me' }), set.execute('t', null, { context: 'you' })]).toEqual([
      'me12',
      'you12',
    ]);
    set.parse('ask', 'a{{ask "b"}}');
    try {
      set.execute('ask', null);
      expect.unreachable();
    } catch (error) {
      expect(error).toEqual(new Suspension('b'));
    }
  });

  test('a foreign exception of a function is a bug and passes through', () => {
    const set = new TemplateSet({
      functions: new Map([
        [
          'bug',
          goFunction([], () => {
            throw new TypeError('bug');
          }),
        ],
      ]),
    });
    set.parse('t', '{{bug}}');
    expect(() => set.execute('t', null)).toThrow(TypeError);
  });
});

describe('the output map', () => {
  const file = source(
    'helmfile.yaml.gotmpl',
    'a: {{ .a }}\n{{- range .l }}\nb{{ . }}: x\n{{- end }}\n{{ template "d" . }}{{define "d"}}c{{end}}',
  );
  const set = new TemplateSet({ functions });
  set.parse('helmfile.yaml.gotmpl', file);
  const { text, map } = set.executeWithMap('helmfile.yaml.gotmpl', fromJs({ a: 'long value', l: [1, 2] }));

  function sourceOf(printed: string, from = 0): string | undefined {
    const start = text.indexOf(printed, from);
    const span = map.spanOf(start, start + printed.length);
    return span && file.text.slice(span.start, span.end);
  }

  test('copied text maps to its very characters, printed text to the whole action', () => {
    expect(text).toBe('a: long value\nb1: x\nb2: x\nc');
    expect([sourceOf('a:'), sourceOf('value'), sourceOf('2'), sourceOf(': x'), sourceOf('c')]).toEqual([
      'a:',
      '{{ .a }}',
      '{{ . }}',
      ': x',
      'c',
    ]);
  });

  test('a range over several parts covers them all', () => {
    expect(sourceOf('b1: x')).toBe('b{{ . }}: x');
    expect(sourceOf('a: long value')).toBe('a: {{ .a }}');
  });

  test('the end of the output is the end of the last part', () => {
    const end = map.spanOf(text.length);
    expect(end && file.text.slice(end.start)).toBe('{{end}}');
  });
});
