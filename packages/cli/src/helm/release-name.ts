import { GoError } from '@flotilla/gocompat';
import { booleanFlag, type FlagSpec, stringFlag } from '../flags/flag.ts';
import type { HelmCall } from './helm-command.ts';
import { nameFunctions, templateText } from './template-text.ts';

/** `[NAME] CHART`: how a release gets its name from a command line. */

export const releaseNameFlags: readonly FlagSpec[] = [
  booleanFlag('generate-name', 'make up a name', { short: 'g' }),
  stringFlag('name-template', 'a template of the name'),
];

export interface NamedChart {
  readonly name: string;
  readonly chart: string;
}

/** The name and the chart (Helm 4.3.1 `NameAndChart`); `fallback` is the name of a release nobody named. Throws GoError. */
export function nameAndChart(call: HelmCall, fallback: string): NamedChart {
  const { args, flags } = call;
  const [first = '', second] = args;
  if (args.length > 2) {
    throw new GoError(`expected at most two arguments, unexpected arguments: ${args.slice(2).join(', ')}`);
  }
  const pattern = flags.string('name-template');
  if (second !== undefined) {
    if (flags.boolean('generate-name')) {
      throw new GoError('cannot set --generate-name and also specify a name');
    }
    if (pattern !== '') throw new GoError('cannot set --name-template and also specify a name');
    return { name: first, chart: second };
  }
  if (pattern !== '') {
    const name = templateText('name-template', pattern, { functions: nameFunctions(call.host) });
    return { name, chart: first };
  }
  if (fallback !== '') return { name: fallback, chart: first };
  if (!flags.boolean('generate-name')) {
    throw new GoError('must either provide a name or specify --generate-name');
  }
  return { name: generatedName(first, call.registry.now()), chart: first };
}

function generatedName(chart: string, now: number): string {
  const base = /([^/]*)\/*$/.exec(chart)?.[1] ?? '';
  const name = base === '' || base === '.' ? 'chart' : (base.split('.', 1)[0] ?? '');
  return `${name}-${Math.floor(now / 1000)}`;
}
