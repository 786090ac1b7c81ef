import { formatDiagnostic, source } from '@flotilla/diagnostics';
import { expect, test } from 'vitest';
import { checkPolicy } from './check-policy.ts';

function check(text: string): string {
  return checkPolicy(source('f.yaml', text))
    .map((each) => each.message)
    .join('\n');
}

test('a file needs a top-level key at the start of a line', () => {
  for (const text of ['', '# only\n', '{"releases": []}', '"releases":\n', '{{ readFile "x" }}\n', ' a: 1'])
    expect(check(text)).toBe('no top-level config keys are found in f.yaml');
  expect(check('x:')).toBe('');
});

test('bases and environments never follow releases, in any part', () => {
  expect(check('releases:\n---\nbases:\n')).toBe(
    'top-level config key bases must be defined before releases in f.yaml',
  );
  expect(check('bases:\n---\nenvironments:\nfoo:\n---\nreleases:\n')).toBe('');
  expect(check('{{ if a }}\nreleases:\n{{ else }}\nenvironments:\n')).toBe(
    'top-level config key environments must be defined before releases in f.yaml',
  );
});

test('environments and releases do not share a part', () => {
  const text =
    'environments and releases cannot be defined within the same YAML part. Use --- to extract the environments into a dedicated part';
  expect(check('environments:\nreleases:\n')).toBe(text);
  expect(check('environments:\n--- # c\nreleases:\n')).toBe(text);
  expect(check('environments:\n---  \nreleases:\n')).toBe('');
  expect(check('environments:\n---\nenvironments:\nreleases:\n')).toBe('');
  expect(check('bases:\nreleases:\n')).toBe('');
});

test('both ends are shown', () => {
  const [problem] = checkPolicy(source('f.yaml', 'environments:\n  a:\nreleases: []\n'));
  expect(formatDiagnostic(problem!)).toMatchInlineSnapshot(`
    "error state/environments-with-releases  f.yaml:3:1
      environments and releases cannot be defined within the same YAML part. Use --- to extract the environments into a dedicated part
       1 | environments:
       2 |   a:
     > 3 | releases: []
         | ^^^^^^^^
      f.yaml:1:1: "environments" is here
     > 1 | environments:
         | ^^^^^^^^^^^^
       2 |   a:
       3 | releases: []
      help: Put a line "---" above "releases"."
  `);
});
