import { type Dict, decodeBytes } from '@flotilla/gocompat';
import { userValues } from '@flotilla/helm';
import { arrayFlag, type FlagSpec } from '../flags/flag.ts';
import type { HelmCall } from './helm-command.ts';

/** The flags that give values, in every command of Helm that renders. */
export const valuesFlags: readonly FlagSpec[] = [
  arrayFlag('values', 'a values file; several may be given', { short: 'f', placeholder: 'path' }),
  arrayFlag('set', 'a value: key=value'),
  arrayFlag('set-string', 'a value that stays a string: key=value'),
  arrayFlag('set-file', 'a value from a file: key=path'),
  arrayFlag('set-json', 'a value as JSON: key=json'),
  arrayFlag('set-literal', 'a value taken literally: key=value'),
];

/** The user's values (Helm 4.3.1 `MergeValues`). Throws GoError. */
export function valuesOf({ flags, registry }: HelmCall): Dict {
  const readText = (path: string): string => decodeBytes(registry.files.read(path));
  const paths = flags.array('values').flatMap((each) => each.split(','));
  return userValues({
    files: paths.map((name) => ({ name, text: readText(name) })),
    setJson: flags.array('set-json'),
    set: flags.array('set'),
    setString: flags.array('set-string'),
    setFile: flags.array('set-file'),
    setLiteral: flags.array('set-literal'),
    readText,
  });
}
