import { expect, test } from 'vitest';
import { commands } from './commands.ts';
import { globalFlags } from './global-flags.ts';
import { parseArguments, UsageError } from './parse-arguments.ts';

function parse(line: string): ReturnType<typeof parseArguments> {
  return parseArguments(line === '' ? [] : line.split(' '), { program: 'helmfile', commands, globalFlags });
}

function failure(line: string): string {
  try {
    parse(line);
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  return 'no error';
}

test('global flags stand before and after the command', () => {
  for (const line of [
    '-e prod -lx=y list',
    'list -e prod -l x=y',
    'list --environment=prod --selector x=y',
  ]) {
    const { path, flags } = parse(line);
    expect([path.map((each) => each.name), flags.string('environment'), flags.array('selector')]).toEqual([
      ['list'],
      'prod',
      ['x=y'],
    ]);
  }
});

test('a command flag with a value may stand before the command, as cobra allows', () => {
  const { path, flags } = parse('--set a=b template');
  expect([path[0]?.name, flags.array('set')]).toEqual(['template', ['a=b']]);
});

test('repeated scalars keep the last, arrays keep all, booleans bundle and negate', () => {
  const { flags } = parse(
    'apply -qi -e a -e b --set x=1,y=2 --set z=3 --skip-needs=false --concurrency 0x10',
  );
  expect([flags.boolean('quiet'), flags.boolean('interactive'), flags.string('environment')]).toEqual([
    true,
    true,
    'b',
  ]);
  expect([flags.array('set'), flags.boolean('skip-needs'), flags.integer('concurrency')]).toEqual([
    ['x=1,y=2', 'z=3'],
    false,
    16,
  ]);
});

test('a boolean never takes the next word', () => {
  const { positionals, flags } = parse('create --force false');
  expect([positionals, flags.boolean('force')]).toEqual([['false'], true]);
});

test('values may start with a dash and a double dash ends flags', () => {
  const { positionals, flags } = parse('create --output-dir --x -- -y');
  expect([positionals, flags.string('output-dir')]).toEqual([['-y'], '--x']);
});

test.each([
  ['--nope list', 'unknown flag: --nope'],
  ['list --nope=1', 'unknown flag: --nope'],
  ['bogus', 'unknown command "bogus" for "helmfile"'],
  ['lsit', 'unknown command "lsit" for "helmfile"\n\nDid you mean this?\n\tinit\n\tlist\n\tlint\n'],
  ['list --output', 'flag needs an argument: --output'],
  ['list -l', "flag needs an argument: 'l' in -l"],
  ['apply -zq', "unknown shorthand flag: 'z' in -zq"],
  [
    'apply --concurrency x',
    'invalid argument "x" for "--concurrency" flag: strconv.ParseInt: parsing "x": invalid syntax',
  ],
  [
    '--skip-deps=maybe list',
    'invalid argument "maybe" for "--skip-deps" flag: strconv.ParseBool: parsing "maybe": invalid syntax',
  ],
  ['version -o zz', 'invalid argument "zz" for "-o, --output" flag: invalid output format type'],
  [
    'doctor --llm-timeout 3',
    'invalid argument "3" for "--llm-timeout" flag: time: missing unit in duration "3"',
  ],
  ['list ---x', 'bad flag syntax: ---x'],
])('%s: %s', (line, message) => {
  expect(failure(line)).toBe(message);
});

test('a word that is no subcommand is a positional of its command', () => {
  const { path, positionals } = parse('cache x');
  expect([path.map((each) => each.name), positionals]).toEqual([['cache'], ['x']]);
  expect(parse('cache info').path.map((each) => each.name)).toEqual(['cache', 'info']);
});

test('a flag with a bare value takes another one only with an equals sign', () => {
  const dryRun = { name: 'dry-run', kind: 'string', short: 'd', help: '', bareValue: 'client' } as const;
  const grammar = {
    program: 'helm',
    commands: [{ name: 'template', summary: '', flags: [dryRun] }],
    globalFlags: [],
  };
  const values = [
    'template --dry-run x',
    'template --dry-run=server x',
    'template -d x',
    'template -d=server x',
  ];
  expect(
    values.map((line) => {
      const { flags, positionals } = parseArguments(line.split(' '), grammar);
      return [flags.string('dry-run'), ...positionals];
    }),
  ).toEqual([
    ['client', 'x'],
    ['server', 'x'],
    ['client', 'x'],
    ['server', 'x'],
  ]);
});
