import { exitCode } from '../exit-code.ts';
import { helmfileVersion, productVersion } from '../product.ts';
import type { CommandContext } from './command.ts';

/** `version`: as `helmfile`, the version of Helmfile we stand for; as `flotilla`, our own as well. */
export async function version({ host, flags }: CommandContext): Promise<number> {
  const isHelmfile = host.program === 'helmfile';
  const facts: Readonly<Record<string, string>> = {
    version: isHelmfile ? helmfileVersion : productVersion,
    ...(isHelmfile ? {} : { helmfile: helmfileVersion }),
    node: process.version,
    platform: `${process.platform}/${process.arch}`,
  };
  host.writeOutput(layouts[flags.string('output')]?.(facts) ?? '');
  return exitCode.success;
}

const layouts: Readonly<Record<string, (facts: Readonly<Record<string, string>>) => string>> = {
  short: (facts) => `${facts['version']}\n`,
  json: (facts) => `${JSON.stringify(facts, null, 2)}\n`,
  yaml: (facts) =>
    Object.entries(facts)
      .map(([name, value]) => `${name}: ${value}\n`)
      .join(''),
  pretty: (facts) =>
    `\n${Object.entries(facts)
      .map(([name, value]) => `  ${name.padEnd(12)}${value}\n`)
      .join('')}`,
};
