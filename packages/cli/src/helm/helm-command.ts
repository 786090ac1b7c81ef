import type { RegistryHost } from '@flotilla/helm';
import type { CommandSpec } from '../flags/flag.ts';
import type { FlagValues } from '../flags/flag-values.ts';
import type { Host } from '../host.ts';
import type { HelmSettings } from './helm-settings.ts';

/** What a command of `flotilla helm` works with. */
export interface HelmCall {
  readonly host: Host;
  readonly registry: RegistryHost;
  readonly settings: HelmSettings;
  readonly flags: FlagValues;
  readonly args: readonly string[];
}

/** Prints the product; rejects with GoError, whose message becomes Helm's `Error: …`. */
export type HelmRunner = (call: HelmCall) => void | Promise<void>;

export interface HelmCommand {
  readonly spec: CommandSpec;
  /** Numbers of arguments Helm takes; any number above `minimum` without `maximum`. */
  readonly minimum: number;
  readonly maximum?: number;
  /** Groups of flags of which one may be given. */
  readonly exclusiveFlags?: readonly (readonly string[])[];
  readonly run: HelmRunner;
}

/** Commands by their words: `repo add`. */
export type HelmCommands = Readonly<Record<string, HelmCommand>>;

/** Writes what a command prints while it works. */
export function printer({ host }: HelmCall): (text: string) => void {
  return (text) => host.writeOutput(text);
}
