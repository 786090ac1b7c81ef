import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import type { Host } from '../host.ts';
import { runHelm } from './run-helm.ts';

async function helm(...argv: string[]): Promise<{ code: number; output: string; error: string }> {
  let output = '';
  let error = '';
  const host: Host = {
    argv,
    program: 'flotilla',
    env: {},
    workingDirectory: '/',
    stdin: Readable.from([]),
    isInputTerminal: false,
    isOutputTerminal: false,
    isErrorTerminal: false,
    columns: 80,
    writeOutput: (text) => {
      output += text;
    },
    writeError: (text) => {
      error += text;
    },
    onSignal: () => ({ [Symbol.dispose]: () => {} }),
  };
  return { code: await runHelm(host, argv), output, error };
}

test('version --short prints the Helm it speaks', async () => {
  expect(await helm('version', '--short')).toEqual({ code: 0, output: 'v4.3.1\n', error: '' });
});

test.each([
  [['template', '--nope'], 'unknown flag: --nope'],
  [['show', 'chart'], '"helm show chart" requires 1 argument\n\nUsage:  helm show chart [CHART] [flags]'],
  [
    ['template'],
    '"helm template" requires at least 1 argument\n\nUsage:  helm template [NAME] [CHART] [flags]',
  ],
  [['package'], 'need at least one argument, the path to the chart'],
])('%j fails as in Helm', async (argv, message) => {
  expect(await helm(...argv)).toEqual({ code: 1, output: '', error: `Error: ${message}\n` });
});

test('dependencies of a chart that is not there cannot be updated', async () => {
  expect(await helm('dependency', 'update', '/chart')).toEqual({
    code: 1,
    output: '',
    error: 'Error: could not find /chart: stat /chart: no such file or directory\n',
  });
});
