import { type Dict, decodeBytes, GoError } from '@flotilla/gocompat';
import { FetchError, userValues } from '@flotilla/helm';
import { arrayFlag, type FlagSpec } from '../flags/flag.ts';
import type { HelmCall } from './helm-command.ts';
import { readStandardInput } from './standard-input.ts';

/** The flags that give values, in every command of Helm that renders. */
export const valuesFlags: readonly FlagSpec[] = [
  arrayFlag('values', 'a values file or URL; several may be given', { short: 'f', placeholder: 'path' }),
  arrayFlag('set', 'a value: key=value'),
  arrayFlag('set-string', 'a value that stays a string: key=value'),
  arrayFlag('set-file', 'a value from a file: key=path'),
  arrayFlag('set-json', 'a value as JSON: key=json'),
  arrayFlag('set-literal', 'a value taken literally: key=value'),
];

const maximumValuesBytes = 64 * 1024 * 1024;

/** The user's values (Helm 4.3.1 `MergeValues`); `-` is standard input. Rejects with GoError. */
export async function valuesOf(call: HelmCall): Promise<Dict> {
  const { flags, registry } = call;
  const files: { readonly name: string; readonly text: string }[] = [];
  for (const name of flags.list('values')) files.push({ name, text: await readSource(name, call) });
  return userValues({
    files,
    setJson: flags.array('set-json'),
    set: flags.array('set'),
    setString: flags.array('set-string'),
    setFile: flags.array('set-file'),
    setLiteral: flags.array('set-literal'),
    readText: (path) => decodeBytes(registry.files.read(path)),
  });
}

async function readSource(name: string, { host, registry }: HelmCall): Promise<string> {
  if (name.trim() === '-') return decodeBytes(await readStandardInput(host));
  if (name.startsWith('oci://')) throw new GoError('values files cannot be read from registries');
  if (!/^https?:\/\//.test(name)) return decodeBytes(registry.files.read(name));
  const response = await registry.http.send({ url: name, maximumBytes: maximumValuesBytes });
  if (response.status !== 200) throw new FetchError(name, response);
  return decodeBytes(response.body);
}
