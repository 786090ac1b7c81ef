import { expect, it } from 'vitest';
import { extraArgs, tokenizeArgs, verbArgs } from './extra-args.ts';

it('keeps flags with one value each and groups repeated ones at the first', () => {
  expect(tokenizeArgs('--a 1 --b 2 --a 3')).toEqual(['--a', '1', '--a', '3', '--b', '2']);
  expect(tokenizeArgs('--a=1  --flag --b x y  z')).toEqual(['--a=1', '--flag', '--b', 'x']);
  expect(tokenizeArgs('--a=1 --a=1')).toEqual(['--a=1', '--a=1']);
  expect(tokenizeArgs('stray --x "a b"')).toEqual(['--x', '"a']);
  expect(tokenizeArgs('')).toEqual([]);
});

it('puts the command line before the defaults', () => {
  expect(extraArgs('--debug', ['--burst-limit', '100'])).toEqual(['--debug', '--burst-limit', '100']);
  expect(extraArgs(undefined, undefined)).toEqual([]);
});

it('lets the command line replace the arguments of a verb', () => {
  expect(verbArgs('--a', ['--b'])).toEqual(['--a']);
  expect(verbArgs('', ['--b'])).toEqual(['--b']);
});
