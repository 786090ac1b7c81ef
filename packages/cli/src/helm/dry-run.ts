import { GoError, parseBool, quote } from '@flotilla/gocompat';
import { slogRecord } from '@flotilla/helm';
import type { HelmCall } from './helm-command.ts';

type DryRun = 'none' | 'client' | 'server';

/** What `--dry-run` means (Helm 4.3.1 `cmdGetDryRunFlagStrategy`), older spellings with a warning. Throws GoError. */
export function dryRunOf({ flags, registry }: HelmCall): DryRun {
  const warn = (text: string): void => registry.log(slogRecord('WARN', text));
  const text = flags.string('dry-run');
  if (text === 'none' || text === 'client' || text === 'server') return text;
  if (text === 'unset') {
    warn("--dry-run is deprecated and should be replaced with '--dry-run=client'");
    return 'client';
  }
  const isOn = parseBool(text);
  if (isOn === undefined) {
    throw new GoError(`invalid dry-run value (${quote(text)}). Must be "none", "server", or "client"`);
  }
  const meant = isOn ? 'client' : 'none';
  warn(`boolean '--dry-run=${text}' flag is deprecated and must be replaced with '--dry-run=${meant}'`);
  return meant;
}

/** As {@link dryRunOf} for `template`, which changes nothing in any case. Throws GoError. */
export function templateDryRunOf(call: HelmCall): 'client' | 'server' {
  const { flags } = call;
  if (flags.boolean('validate')) return 'server';
  const text = flags.string('dry-run');
  const isOff = text === 'none' || parseBool(text) === false;
  const meant = isOff ? 'none' : dryRunOf(call);
  if (meant !== 'none') return meant;
  throw new GoError(`invalid dry-run value (${quote(text)}). Must be "server" or "client"`);
}
