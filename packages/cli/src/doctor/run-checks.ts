import { accessSync, constants, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DesiredState } from '@flotilla/core';
import { DiagnosticsError } from '@flotilla/diagnostics';
import { cacheFolder } from '../cache-folder.ts';
import type { CommandContext } from '../commands/command.ts';
import { compose } from '../compose.ts';
import { loadOptionsOf } from '../load-options.ts';
import { isOlder, minimumHelm, probeProgram, versionIn } from '../probe-program.ts';
import type { Check } from './check.ts';
import { checkCluster } from './check-cluster.ts';

/** Everything a run needs, looked at one by one. Changes nothing; a check that fails stops none of the others. */
export async function runChecks(context: CommandContext): Promise<readonly Check[]> {
  const { host, settings } = context;
  const [helm, cluster, state] = await Promise.all([
    checkHelm(context),
    checkCluster(host, settings),
    loadState(context),
  ]);
  const sops = state.usesSecrets ? [await checkSops(context)] : [];
  return [checkNode(process.version), helm, cluster, state.check, ...sops, checkCache(context)];
}

const minimumNode = '20.19.0';

function checkNode(version: string): Check {
  const isOld = isOlder(version.replace(/^v/, ''), minimumNode);
  return isOld
    ? { name: 'node', state: 'failed', text: version, help: `use Node ${minimumNode} or later` }
    : { name: 'node', state: 'ok', text: version };
}

async function checkHelm({ host, settings }: CommandContext): Promise<Check> {
  const name = 'helm';
  const isNeeded = settings.executor === 'helm';
  const state = isNeeded ? 'failed' : 'note';
  const help = isNeeded
    ? 'install Helm, or use --executor native'
    : 'nothing to do: the native executor needs no helm';
  const options = { env: host.env, directory: host.workingDirectory };
  const probe = await probeProgram(settings.helmBinary, ['version', '--template', '{{.Version}}'], options);
  if (probe.kind === 'absent') return { name, state, text: `"${settings.helmBinary}" is not found`, help };
  if (probe.kind === 'broken') return { name, state, text: `does not work: ${probe.text}`, help };
  const version = versionIn(probe.text);
  if (version === undefined) return { name, state, text: `does not tell its version: ${probe.text}`, help };
  if (isOlder(version, minimumHelm))
    return { name, state, text: `v${version} is older than ${minimumHelm}`, help };
  return { name, state: 'ok', text: `v${version}` };
}

interface LoadedState {
  readonly check: Check;
  readonly usesSecrets: boolean;
}

async function loadState(context: CommandContext): Promise<LoadedState> {
  const name = 'state';
  try {
    const flotilla = await compose(context);
    const state = await flotilla.load(loadOptionsOf(context));
    const releases = state.files.reduce((sum, file) => sum + file.releases.length, 0);
    const text = `${count(releases, 'release')} in ${count(state.files.length, 'file')}`;
    return { check: { name, state: 'ok', text }, usesSecrets: usesSecrets(state) };
  } catch (error) {
    if (!(error instanceof DiagnosticsError)) throw error;
    const errors = error.diagnostics.filter(({ severity }) => severity === 'error');
    const [first] = errors;
    const text = `${count(errors.length, 'error')}, first ${first?.code}: ${first?.message}`;
    const help = `run ${context.host.program} list for all of them`;
    return { check: { name, state: 'failed', text, help }, usesSecrets: false };
  }
}

function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`;
}

function usesSecrets(state: DesiredState): boolean {
  return state.files.some(({ releases }) => releases.some(({ spec }) => (spec.secrets ?? []).length > 0));
}

async function checkSops({ host }: CommandContext): Promise<Check> {
  const name = 'sops';
  const options = { env: host.env, directory: host.workingDirectory };
  const probe = await probeProgram('sops', ['--version', '--disable-version-check'], options);
  if (probe.kind === 'found') return { name, state: 'ok', text: `v${versionIn(probe.text) ?? probe.text}` };
  const text = probe.kind === 'absent' ? 'is not found, and releases list secrets' : probe.text;
  return { name, state: 'failed', text, help: 'install sops, https://getsops.io' };
}

function checkCache({ host }: CommandContext): Check {
  const folder = cacheFolder(host);
  let existing = folder;
  while (!existsSync(existing) && dirname(existing) !== existing) existing = dirname(existing);
  try {
    accessSync(existing, constants.W_OK);
    return { name: 'cache', state: 'ok', text: folder };
  } catch {
    const help = 'set HELMFILE_CACHE_HOME to a folder you may write to';
    return { name: 'cache', state: 'failed', text: `${existing} cannot be written`, help };
  }
}
