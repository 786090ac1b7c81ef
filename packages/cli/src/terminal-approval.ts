import { createInterface } from 'node:readline';
import type { Approval } from '@flotilla/core';
import type { Host } from './host.ts';

/**
 * Questions on the terminal, as Helmfile 1.8.0 asks them: the text and ` [y/n]: ` on stdout, again until it is answered.
 * The end of the input is an error, as there.
 */

export class EndOfInput extends Error {
  constructor() {
    super('EOF');
    this.name = 'EndOfInput';
  }
}

const answers: Readonly<Record<string, boolean>> = { y: true, yes: true, n: false, no: false };

export function terminalApproval(host: Host): Approval {
  return {
    ask: async ({ message }, signal) => {
      const lines = createInterface({ input: host.stdin, terminal: false, signal });
      try {
        host.writeOutput(`${message} [y/n]: `);
        for await (const line of lines) {
          const answer = answers[line.trim().toLowerCase()];
          if (answer !== undefined) return answer;
          host.writeOutput(`${message} [y/n]: `);
        }
        throw new EndOfInput();
      } finally {
        lines.close();
      }
    },
  };
}
