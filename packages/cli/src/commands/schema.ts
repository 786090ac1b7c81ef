import { stateSchema } from '@flotilla/core';
import { exitCode } from '../exit-code.ts';
import type { CommandContext } from './command.ts';

/** `schema`: the JSON Schema of state files, for editors. */
export async function schema({ host }: CommandContext): Promise<number> {
  host.writeOutput(`${JSON.stringify(stateSchema(), null, 2)}\n`);
  return exitCode.success;
}
