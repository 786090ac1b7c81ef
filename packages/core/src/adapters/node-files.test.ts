import { mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createNodeFiles } from './node-files.ts';

const files = createNodeFiles();
let directory = '';

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'node-files-'));
});

afterEach(() => rmSync(directory, { recursive: true }));

it('writes with the mode asked for, reads back, lists sorted and follows links', () => {
  files.write(`${directory}/b`, 'two', { mode: 0o600 });
  files.makeDirectory(`${directory}/a/deep`);
  symlinkSync(`${directory}/a`, `${directory}/c`);
  symlinkSync('nowhere', `${directory}/d`);
  expect(statSync(`${directory}/b`).mode & 0o777).toBe(0o600);
  expect(new TextDecoder().decode(files.read(`${directory}/b`))).toBe('two');
  expect(files.stat(`${directory}/b`)).toEqual({ kind: 'file', size: 3 });
  expect(files.stat(`${directory}/none`)).toBeUndefined();
  expect(files.list(directory)).toEqual([
    { name: 'a', kind: 'directory' },
    { name: 'b', kind: 'file' },
    { name: 'c', kind: 'directory' },
    { name: 'd', kind: 'other' },
  ]);
});

it('speaks of failures as Go does', () => {
  const failure = (action: () => unknown): unknown => {
    try {
      return action();
    } catch (error) {
      return error;
    }
  };
  files.write(`${directory}/file`, '');
  expect(failure(() => files.read(`${directory}/none`))).toMatchObject({
    code: 'not-found',
    message: `open ${directory}/none: no such file or directory`,
  });
  expect(failure(() => files.read(directory))).toMatchObject({
    code: 'is-a-directory',
    message: `read ${directory}: is a directory`,
  });
  expect(failure(() => files.read(`${directory}/file/x`))).toMatchObject({
    code: 'not-a-directory',
    message: `open ${directory}/file/x: not a directory`,
  });
  expect(failure(() => createNodeFiles({ maxFileBytes: -1 }).read(`${directory}/file`))).toMatchObject({
    code: 'too-large',
  });
});

it('removes temporary directories with all they hold, and makes them private', async () => {
  let path = '';
  {
    await using temporary = files.makeTemporaryDirectory('flotilla-test-');
    path = temporary.path;
    expect(statSync(path).mode & 0o777).toBe(0o700);
    files.write(`${path}/x`, 'x');
  }
  expect(files.stat(path)).toBeUndefined();
});

it('removes temporary directories of a process that ends while they are in use', () => {
  const files = createNodeFiles();
  const before = process.listeners('exit');
  const { path } = files.makeTemporaryDirectory('flotilla-test-');
  files.write(`${path}/secret`, 'x');
  const [added, ...more] = process.listeners('exit').filter((listener) => !before.includes(listener));
  expect(more).toEqual([]);
  added?.(0);
  process.off('exit', added as () => void);
  expect(files.stat(path)).toBeUndefined();
});
