import { exitCode } from '../exit-code.ts';
import { isOlder, minimumHelm, probeProgram, versionIn } from '../probe-program.ts';
import type { CommandContext } from './command.ts';

/**
 * `init`: is Helm there, and new enough? Unlike Helmfile 1.8.0 it installs nothing: it says what is missing. Helmfile's plugins
 * are listed as not needed.
 */
export async function init({ host, settings }: CommandContext): Promise<number> {
  const options = { env: host.env, directory: host.workingDirectory };
  const probe = await probeProgram(settings.helmBinary, ['version', '--template', '{{.Version}}'], options);
  const problem = probe.kind === 'found' ? versionProblem(probe.text) : absenceOf(probe);
  if (problem !== undefined) {
    host.writeError(`${problem}\n`);
    if (host.program === 'helmfile') {
      host.writeError('cancel automatic installation, please install manually\n');
      return exitCode.failure;
    }
    host.writeError(
      '  help: install it from https://helm.sh, or leave it: the native executor needs no helm\n',
    );
  }
  host.writeError(
    'helm plugins: diff, secrets, s3, helm-git and unittest are not needed; Flotilla has its own\n',
  );
  host.writeError(`${host.program} initialization completed!\n`);
  return exitCode.success;
}

function absenceOf(
  probe: { readonly kind: 'absent' } | { readonly kind: 'broken'; readonly text: string },
): string {
  return probe.kind === 'absent'
    ? 'helm not found, needs to be installed'
    : `helm does not work: ${probe.text}`;
}

function versionProblem(text: string): string | undefined {
  const version = versionIn(text);
  if (version === undefined) return `helm does not tell its version: ${text}`;
  if (!isOlder(version, minimumHelm)) return undefined;
  return `helm version is too low, the current version is ${version}, the required version is ${minimumHelm}`;
}
