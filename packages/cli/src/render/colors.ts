import type { Paint } from '@flotilla/diagnostics';

const codes: Readonly<Record<Parameters<Paint>[0], string>> = {
  error: '1;31',
  warning: '1;33',
  deprecation: '1;33',
  location: '36',
  gutter: '2',
  marker: '31',
  help: '32',
};

const plain: Paint = (_role, text) => text;
const colored: Paint = (role, text) => `\u001b[${codes[role]}m${text}\u001b[0m`;

/** Paints frames, or leaves them as they are. */
export function painter(hasColor: boolean): Paint {
  return hasColor ? colored : plain;
}
