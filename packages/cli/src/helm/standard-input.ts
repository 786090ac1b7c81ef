import { decodeBytes, GoError } from '@flotilla/gocompat';
import type { Host } from '../host.ts';

/** All of standard input. */
export async function readStandardInput({ stdin }: Host): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of stdin) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks);
}

/** A secret given by `--password-stdin`: standard input without its last line end. */
export async function readPassword(host: Host): Promise<string> {
  return decodeBytes(await readStandardInput(host)).replace(/\r?\n$/, '');
}

/** Prints `prompt` and reads one line that the terminal does not show. Rejects with GoError when there is no terminal. */
export async function promptForSecret(prompt: string, host: Host): Promise<string> {
  host.writeOutput(prompt);
  const { stdin } = host;
  if (!host.isInputTerminal || !('setRawMode' in stdin)) {
    throw new GoError('inappropriate ioctl for device');
  }
  const terminal = stdin as NodeJS.ReadStream;
  terminal.setRawMode(true);
  try {
    return await readHiddenLine(terminal);
  } finally {
    terminal.setRawMode(false);
    terminal.pause();
    host.writeOutput('\n');
  }
}

const [interrupt, endOfText, backspace] = ['\u0003', '\u0004', '\u007f'];

async function readHiddenLine(terminal: NodeJS.ReadStream): Promise<string> {
  let line = '';
  for await (const chunk of terminal.iterator({ destroyOnReturn: false })) {
    for (const character of String(chunk)) {
      if (character === interrupt) throw new GoError('interrupted');
      if (character === '\r' || character === '\n' || character === endOfText) return line;
      line = character === backspace ? line.slice(0, -1) : line + character;
    }
  }
  return line;
}
