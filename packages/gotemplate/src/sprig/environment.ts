/** sprig's functions that ask the host: environment variables and host names. Helm takes the former away. */
import { type FunctionSpec, goFunction } from '../function-table.ts';
import type { TemplateHost } from '../host.ts';
import { panic } from './panic.ts';
import { randomBelow } from './random.ts';

/** Go's `os.Expand`: `$NAME`, `${NAME}`, one-character special names; what is malformed vanishes. */
const reference = /\$(?:\{([^}]*)\}|\{|([*#$@!?\-0-9]|[A-Za-z_][A-Za-z0-9_]*))/g;

function expand(text: string, lookUp: (name: string) => string): string {
  return text.replace(reference, (_whole, braced?: string, bare?: string) => {
    const name = braced ?? bare ?? '';
    return name === '' ? '' : lookUp(name);
  });
}

function oneAddress(host: TemplateHost, name: string): string {
  const addresses = host.lookupHost(name);
  if (addresses.length === 0) return panic('invalid argument to Intn');
  return addresses[randomBelow(host, addresses.length)] ?? '';
}

/** sprig's `env`, `expandenv`, `getHostByName`. */
export function environmentFunctions(host: TemplateHost): Readonly<Record<string, FunctionSpec>> {
  const variable = (name: string): string => host.env(name) ?? '';
  return {
    env: goFunction(['string'], variable),
    expandenv: goFunction(['string'], (text) => expand(text, variable)),
    getHostByName: goFunction(['string'], (name) => oneAddress(host, name)),
  };
}
