import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { TempProject } from '../support/built-cli.ts';

/**
 * Secret values planted wherever a project may have them, and looked for in whatever a run leaves or tells: streams at
 * every log level, events, the sandbox's folder, temporary files. What a command is asked to print (`template`) is not
 * looked at, all it says beside it is.
 */

const planted = {
  decrypted: 'planted-by-sops-4711',
  environment: 'planted-by-env-4712',
  multiline: 'planted-first-line-4713\nplanted-second-line-4714',
  repository: 'planted-in-repository-4715',
} as const;

/** Each line by itself, and as base64 has it. */
const needles = Object.values(planted)
  .flatMap((value) => [...value.split('\n'), Buffer.from(value).toString('base64')])
  .sort();

const sops = `cat <<'YAML'
password: ${planted.decrypted}
key: |
  ${planted.multiline.replace('\n', '\n  ')}
YAML`;

/** A helm that tells everything it was given, and does not care for some of it. */
const helm = `case "$*" in *version*) echo v4.3.1+g1; exit 0 ;; esac
for word in "$@"; do echo "given $word"; [ -f "$word" ] && cat "$word"; done
for word in "$@"; do [ -f "$word" ] && cat "$word" >&2; done
case "$1" in upgrade|get) echo "Error: $(cat "$HOME"/secrets.yaml)" >&2; [ -f fails ] && exit 1 ;; esac
exit 0`;

const state = (
  executor: string,
  repository: string,
): string => `helmDefaults: {kubeContext: ${executor === 'native' ? 'sandbox' : 'x'}}
${repository}releases:
- name: web
  namespace: shop
  chart: ./web
  secrets: [secrets.yaml]
  values:
  - token: {{ requiredEnv "API_TOKEN" }}
`;

const template = `apiVersion: v1
kind: Secret
metadata: {name: web}
stringData: {password: {{ .Values.password | quote }}, token: {{ .Values.token | quote }}, key: {{ .Values.key | quote }}}
`;
const failing = `{{ fail (printf "no %s, no %s, no %s" .Values.password .Values.token .Values.key) }}`;

let project: TempProject;
beforeEach(() => {
  project = new TempProject({
    'web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 0.1.0\n',
    'web/templates/secret.yaml': template,
    'secrets.yaml': 'password: ENC[AES256_GCM,data:x]\nsops:\n  version: 3.0.0\n',
    'tmp/.keep': '',
  });
  project.script('bin/sops', sops);
  project.script('bin/helm', helm);
});
afterEach(() => project[Symbol.dispose]());

/** Runs a command; gives what was found where it must not be. */
async function leaksOf(
  args: readonly string[],
  { executor, program = 'flotilla', product = false, repository = '', code: wanted }: LeakOptions,
): Promise<readonly string[]> {
  project.write('helmfile.yaml.gotmpl', state(executor, repository));
  const choice = program === 'flotilla' ? ['--executor', executor] : [];
  const { stdout, stderr, code } = await project.run([...choice, ...args], {
    program,
    env: {
      API_TOKEN: planted.environment,
      TMPDIR: join(project.directory, 'tmp'),
      PATH: `${join(project.directory, 'bin')}:${process.env['PATH'] ?? ''}`,
    },
  });
  if (wanted !== undefined) expect(code, `${args.join(' ')}\n${stderr}`).toBe(wanted);
  const told = product ? [stderr] : [stdout, stderr];
  const texts = [
    ...told.map((text) => ['output', text] as const),
    ...filesOf('tmp'),
    ...filesOf('.flotilla'),
  ];
  return texts.flatMap(([place, text]) =>
    needles.filter((needle) => text.includes(needle)).map((needle) => `${needle} in ${place}:\n${text}`),
  );
}

interface LeakOptions {
  readonly executor: 'native' | 'helm';
  readonly program?: 'flotilla' | 'helmfile';
  /** The command's product is made of values. */
  readonly product?: boolean;
  readonly repository?: string;
  /** How the run is to end. */
  readonly code?: number;
}

/** Objects are kept as the cluster would keep them, with their data in base64: they are the product of a sync. */
function filesOf(folder: string): readonly (readonly [string, string])[] {
  const root = join(project.directory, folder);
  let names: readonly string[] = [];
  try {
    names = readdirSync(root, { recursive: true, encoding: 'utf8' });
  } catch {
    return [];
  }
  const isKept = (name: string): boolean => folder === '.flotilla' && name.endsWith('journal.jsonl');
  return names
    .filter((name) => statSync(join(root, name)).isFile() && !isKept(name))
    .map((name) => [join(folder, name), readFileSync(join(root, name), 'utf8')] as const);
}

const levels = [
  ['--log-level', 'debug'],
  ['--log-level', 'error'],
  ['--debug'],
  ['--log-format', 'json', '--log-level', 'debug'],
] as const satisfies readonly (readonly string[])[];
const commands = [
  { args: ['sync'] },
  { args: ['diff'] },
  { args: ['apply', '--suppress-secrets'] },
  { args: ['status'] },
  { args: ['lint'] },
  { args: ['template'], product: true },
  { args: ['write-values', '--output-file-template', '{{ .Release.Name }}.yaml'], product: true },
  { args: ['destroy'] },
] as const;

describe.each(['native', 'helm'] as const)('with executor %s', (executor) => {
  test.each(levels.map((words) => ({ words })))(
    'flotilla $words.0 $words.1 tells no secret, done or failed',
    async ({ words }) => {
      const level: readonly string[] = words;
      // The helm of this test makes no sense of most commands.
      const ends = executor === 'native' ? { code: 0 } : {};
      for (const command of commands) {
        const product = 'product' in command;
        expect(await leaksOf([...level, ...command.args], { executor, product, ...ends })).toEqual([]);
      }
      project.write('web/templates/secret.yaml', failing);
      project.write('fails', '');
      for (const command of commands) {
        const product = 'product' in command && executor === 'helm';
        expect(await leaksOf([...level, ...command.args], { executor, product })).toEqual([]);
      }
    },
  );
});

test.each(['native', 'helm'] as const)(
  'a repository that fails with executor %s keeps its password',
  async (executor) => {
    const repository = `repositories:
- {name: private, url: "https://me:${planted.repository}@127.0.0.1:1/charts", username: me, password: ${planted.repository}}
`;
    project.script('bin/helm', `${helm.replace('exit 0', '')}\nexit 1`);
    for (const level of levels) {
      const args = [...level, 'sync'];
      expect(await leaksOf(args, { executor, repository })).toEqual([]);
    }
  },
);

test('helmfile tells none either', async () => {
  for (const command of commands) {
    const product = 'product' in command;
    const options = { executor: 'native', program: 'helmfile', product, code: 0 } as const;
    expect(await leaksOf(['--log-level', 'debug', ...command.args], options)).toEqual([]);
  }
});
