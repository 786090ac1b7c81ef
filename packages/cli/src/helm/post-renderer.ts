import { delimiter } from 'node:path';
import { createNodeProcesses } from '@flotilla/core/node';
import { GoError } from '@flotilla/gocompat';
import { findPostRenderer, type PostRender } from '@flotilla/helm';
import { arrayFlag, type FlagSpec } from '../flags/flag.ts';
import type { HelmCall } from './helm-command.ts';

export const postRendererFlags: readonly FlagSpec[] = [
  arrayFlag('post-renderer', 'plugin that changes what was rendered', { placeholder: 'name' }),
  arrayFlag('post-renderer-args', 'an argument of the post-renderer; several may be given'),
];

/** The post-renderer a command line asks for. Throws GoError in Helm 4.3.1's words when there is no such plugin. */
export function postRendererOf({ flags, host, registry }: HelmCall): PostRender | undefined {
  const [name, second] = flags.array('post-renderer').filter((each) => each !== '');
  if (name === undefined) return undefined;
  const refused = (value: string, reason: string): GoError =>
    new GoError(`invalid argument "${value}" for "--post-renderer" flag: ${reason}`);
  const found = findPostRenderer(name, flags.array('post-renderer-args'), {
    files: registry.files,
    processes: createNodeProcesses({ environment: host.env }),
    environment: host.env,
    platform: process.platform,
    architecture: process.arch,
    pluginFolders: registry.paths.plugins.split(delimiter),
    directory: host.workingDirectory,
    signal: new AbortController().signal,
  });
  if (found === undefined) throw refused(name, `plugin: {Name:${name} Type:postrenderer/v1} not found`);
  if (second !== undefined) throw refused(second, 'cannot specify --post-renderer flag more than once');
  return found;
}
