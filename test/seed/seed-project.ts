import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { reference } from '../support/references.ts';
import { outputOf, type ProgramResult, runProgram } from '../support/run-program.ts';

/**
 * examples/seed in a temporary folder, its `secrets:` files encrypted with sops for a fresh age key, and the programs to run
 * there: the built flotilla, and the references under their everyday names.
 */

const root = join(import.meta.dirname, '../..');
const flotilla = join(root, 'packages/cli/bin/flotilla.cjs');

export interface SeedProject extends Disposable {
  readonly folder: string;
  /** Runs a program in a folder of the seed: `flotilla` as it was built, or the path of another one. */
  readonly run: (program: string, folder: string, args: readonly string[]) => Promise<ProgramResult>;
}

const variables = {
  POSTGRES_PASSWORD: 'hunter22',
  DB_NAME: 'shop',
  DB_USER: 'clerk',
  DB_PASSWORD: 'hunter33',
  REDIS_PASSWORD: 'hunter44',
  HELMFILE_UPGRADE_NOTICE_DISABLED: '1',
};

export interface SeedOptions {
  /** What goes by the name `helm` on the path. */
  readonly helm?: 'helm4' | 'helm3';
  readonly kubeconfig?: string;
}

/** Lays the project out; without a kubeconfig there is no cluster to reach. */
export async function seedProject({
  helm = 'helm4',
  kubeconfig = '',
}: SeedOptions = {}): Promise<SeedProject> {
  const home = mkdtempSync(join(tmpdir(), 'flotilla-seed-'));
  const [bin, folder] = [join(home, 'bin'), join(home, 'seed')];
  mkdirSync(bin);
  symlinkSync(reference(helm) ?? helm, join(bin, 'helm'));
  symlinkSync(reference('sops') ?? 'sops', join(bin, 'sops'));
  cpSync(join(root, 'examples/seed'), folder, { recursive: true });
  const keys = join(home, 'age.txt');
  const env = {
    ...variables,
    HOME: home,
    TZ: 'UTC',
    PATH: [bin, process.env['PATH']].join(delimiter),
    SOPS_AGE_KEY_FILE: keys,
    KUBECONFIG: kubeconfig === '' ? join(home, 'no-cluster') : kubeconfig,
  };
  await encryptSecrets({ folder, keys, env });
  return {
    folder,
    run: (program, place, args) =>
      runProgram(program === 'flotilla' ? flotilla : program, args, {
        cwd: join(folder, place),
        env,
        timeout: 300_000,
      }),
    [Symbol.dispose]: () => rmSync(home, { recursive: true, force: true }),
  };
}

async function encryptSecrets({
  folder,
  keys,
  env,
}: {
  readonly folder: string;
  readonly keys: string;
  readonly env: Readonly<Record<string, string>>;
}): Promise<void> {
  await outputOf(reference('age-keygen') ?? 'age-keygen', ['-o', keys]);
  const recipient = /public key: (\S+)/.exec(readFileSync(keys, 'utf8'))?.[1] ?? '';
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!path.endsWith('secrets.yaml')) continue;
    const args = ['--encrypt', '--age', recipient, '--in-place', join(folder, path)];
    await outputOf(reference('sops') ?? 'sops', args, { env });
  }
}
