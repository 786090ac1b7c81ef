import type { DesiredStateFile } from '@flotilla/core';
import { dict, emitYaml, toGoJson } from '@flotilla/gocompat';
import { exitCode } from '../exit-code.ts';
import type { CommandContext } from './command.ts';
import { withState } from './with-state.ts';

/** `print-env`: the environment of every state file, as YAML documents or a JSON list (Helmfile 1.8.0). */
export async function printEnv(context: CommandContext): Promise<number> {
  const { host, flags } = context;
  const format = flags.string('output');
  if (format !== 'yaml' && format !== 'json') {
    host.writeError(`invalid output format "${format}": must be 'yaml' or 'json'\n`);
    return exitCode.usage;
  }
  const code = await withState(
    context,
    ({ state }) => {
      const texts = state.files.map((file) => printFile(file, format));
      host.writeOutput(format === 'yaml' ? texts.join('---\n') : `[\n${texts.join(',\n')}\n]\n`);
    },
    { allowsDuplicates: true },
  );
  return code === exitCode.usage ? exitCode.success : code;
}

function printFile(file: DesiredStateFile, format: 'yaml' | 'json'): string {
  const { name, kubeContext } = file.environment;
  const document = dict([
    ['filePath', file.absolutePath],
    ...(kubeContext === '' ? [] : [['kubeContext', kubeContext] as const]),
    ['name', name],
    ['values', file.values],
  ]);
  if (format === 'yaml') return emitYaml(document, { dialect: 'v3' });
  return toGoJson(document, { indent: '  ' })
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}
