import type { CommandContext } from '../commands/command.ts';
import type { Reporter } from './reporter.ts';

/** `--log-format json`: every event as one line of JSON on standard error; the product still goes to standard output. */
export function jsonReporter({ host }: CommandContext): Reporter {
  return {
    onEvent: (event) => {
      if (event.type === 'product') host.writeOutput(event.text);
      else if (event.type !== 'helmfile.log') host.writeError(`${JSON.stringify(event, withoutSources)}\n`);
    },
    finish: () => undefined,
    [Symbol.dispose]: () => undefined,
  };
}

/** A span's source would repeat whole files; its name and place are enough. */
function withoutSources(key: string, value: unknown): unknown {
  if (key !== 'source' || typeof value !== 'object' || value === null || !('name' in value)) return value;
  return value.name;
}
