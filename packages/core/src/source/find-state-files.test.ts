import { expect, test } from 'vitest';
import { findStateFiles } from './find-state-files.ts';
import { filesOf } from './source.test-support.ts';

function find(path: string, paths: readonly string[], reverse = false): unknown {
  const files = filesOf(Object.fromEntries(paths.map((each) => [each, ''])));
  const { value, diagnostics } = findStateFiles(path, { workingDirectory: '/w', reverse }, files);
  return value?.map((each) => `${each.name} = ${each.path}`) ?? diagnostics.map((each) => each.message);
}

test('a file given by name is that file', () => {
  expect(find('a/../x.txt', ['/w/x.txt'])).toEqual(['a/../x.txt = /w/x.txt']);
  expect(find('/y/x', ['/y/x'])).toEqual(['/y/x = /y/x']);
  expect(find('-', [])).toEqual(['- = -']);
  expect(find('nope', [])).toEqual(['specified state file nope is not found']);
});

test('a directory gives its state files, sorted by bytes, not its folders', () => {
  const paths = [
    'b.yaml',
    'a.yml',
    'B.yaml.gotmpl',
    'c.yxxml',
    'd.yaml.eta',
    'e.json',
    'f.yaml/x',
    'g/h.yaml',
  ];
  const given = paths.map((each) => `/w/d/${each}`);
  expect(find('./d', given)).toEqual([
    'd/B.yaml.gotmpl = /w/d/B.yaml.gotmpl',
    'd/a.yml = /w/d/a.yml',
    'd/b.yaml = /w/d/b.yaml',
    'd/c.yxxml = /w/d/c.yxxml',
    'd/d.yaml.eta = /w/d/d.yaml.eta',
  ]);
  expect(find('d', given.slice(0, 2), true)).toEqual(['d/b.yaml = /w/d/b.yaml', 'd/a.yml = /w/d/a.yml']);
  expect(find('d', ['/w/d/readme'])).toEqual([]);
});

test('without a path the default names are tried', () => {
  expect(find('', ['/w/helmfile.yaml'])).toEqual(['helmfile.yaml = /w/helmfile.yaml']);
  expect(find('', ['/w/helmfile.yaml.gotmpl'])).toEqual(['helmfile.yaml.gotmpl = /w/helmfile.yaml.gotmpl']);
  expect(find('', ['/w/helmfile.d/a.yaml'])).toEqual(['helmfile.d/a.yaml = /w/helmfile.d/a.yaml']);
  expect(find('', ['/w/helmfile.yaml', '/w/helmfile.yaml.gotmpl'])).toEqual([
    'both helmfile.yaml and helmfile.yaml.gotmpl exist. Please remove one of them',
  ]);
  expect(find('', ['/w/helmfile.yaml.gotmpl', '/w/helmfile.d/a.yaml'])).toEqual([
    'configuration conlict error: you can have either helmfile.yaml.gotmpl or helmfile.d, but not both',
  ]);
  expect(find('', ['/w/helmfile.yml'])).toEqual([
    'no state file found. It must be named helmfile.d/*.{yaml,yml,yaml.gotmpl,yml.gotmpl}, helmfile.yaml, or ' +
      'helmfile.yaml.gotmpl, otherwise specified with the --file flag or HELMFILE_FILE_PATH environment variable',
  ]);
});
