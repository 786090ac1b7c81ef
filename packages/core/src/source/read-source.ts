/**
 * Reading a state file. In: where it is. Out: its text as a Source with `\n` line ends and no byte order mark.
 * Lines and columns stay those of the file; offsets count the normalised text.
 */
import { type Diagnosed, errorDiagnostic, type Source, source, span } from '@flotilla/diagnostics';
import { decodeBytes, toValidText } from '@flotilla/gocompat';
import { FileError, type Files } from '../ports/files.ts';
import type { StateFileLocation } from './find-state-files.ts';
import { nearPaths } from './near-paths.ts';

/** State files above this size are refused: they are somebody's data, not a declaration. */
export const maxStateFileBytes: number = 32 * 1024 * 1024;

/** Reads a state file. Errors: `source/unreadable`, `source/too-large`, `source/encoding`. */
export function readSource(
  location: Pick<StateFileLocation, 'path' | 'name'>,
  files: Files,
): Diagnosed<Source> {
  try {
    const size = location.path === '-' ? 0 : (files.stat(location.path)?.size ?? 0);
    return size > maxStateFileBytes
      ? tooLarge(location.name, size)
      : decode(location.name, files.read(location.path));
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    const text = error.message;
    const hint = error.code === 'not-found' ? nearFile(location, files) : undefined;
    return failed('source/unreadable', `cannot read "${location.name}": ${text}`, {
      hint,
      referenceText: text,
    });
  }
}

function nearFile(
  { path, name }: Pick<StateFileLocation, 'path' | 'name'>,
  files: Files,
): string | undefined {
  const isBelow = path.endsWith(`/${name}`);
  const directory = path.slice(0, -name.length);
  return nearPaths(isBelow ? name : path, (each) => (isBelow ? directory + each : each), files);
}

const loneSurrogate = /[\ud800-\udfff]/u;

function decode(name: string, bytes: Uint8Array): Diagnosed<Source> {
  if (bytes.byteLength > maxStateFileBytes) return tooLarge(name, bytes.byteLength);
  const encoding = otherEncoding(bytes);
  if (encoding !== undefined) {
    return failed('source/encoding', `"${name}" is ${encoding} text`, { hint: 'Save it as UTF-8.' });
  }
  const decoded = decodeBytes(bytes);
  const text = (decoded.startsWith('\ufeff') ? decoded.slice(1) : decoded).replaceAll('\r\n', '\n');
  const invalid = text.search(loneSurrogate);
  const read = source(name, toValidText(text));
  if (invalid !== -1) return badCharacter(read, invalid, 'is not valid UTF-8');
  const nul = text.indexOf('\0');
  return nul === -1 ? { value: read, diagnostics: [] } : badCharacter(read, nul, 'contains a NUL character');
}

function otherEncoding(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'UTF-16LE';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'UTF-16BE' : undefined;
}

function badCharacter(read: Source, at: number, what: string): Diagnosed<Source> {
  return failed('source/encoding', `"${read.name}" ${what}`, {
    span: span(read, at, at + 1),
    hint: 'Save it as UTF-8 text.',
  });
}

function tooLarge(name: string, size: number): Diagnosed<Source> {
  const limit = maxStateFileBytes / 1024 / 1024;
  const text = `"${name}" has ${size} bytes; a state file may have ${limit} MiB`;
  return failed('source/too-large', text, { hint: 'Move data into values files.' });
}

function failed(
  code: `source/${string}`,
  message: string,
  options: Parameters<typeof errorDiagnostic>[2],
): Diagnosed<Source> {
  return { value: undefined, diagnostics: [errorDiagnostic(code, message, options)] };
}
