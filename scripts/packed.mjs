// Packs the packages as npm publishes them, installs them in an empty folder outside the workspace, and uses them there:
// both bins, the native executor in the sandbox, a signed chart, and the library with its types.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const home = mkdtempSync(join(tmpdir(), 'flotilla-packed-'));
const [tarballs, project] = [join(home, 'tarballs'), join(home, 'project')];
const bin = join(project, 'node_modules/.bin');

function run(command, args, cwd = project) {
  const env = { PATH: [bin, process.env.PATH].join(delimiter), HOME: process.env.HOME, NO_COLOR: '1' };
  const result = spawnSync(command, args, { cwd, env, encoding: 'utf8', timeout: 300_000, maxBuffer: 1e8 });
  if (result.status !== 0) {
    throw new Error(
      `${command} ${args.join(' ')} ended with ${result.status}\n${result.stdout}${result.stderr}`,
    );
  }
  return result.stdout;
}

function expectText(text, part, what) {
  if (!text.includes(part)) throw new Error(`${what} does not print ${JSON.stringify(part)}:\n${text}`);
  console.log(`ok: ${what}`);
}

/** Every package as a tarball, free of tests and of what only the build reads. */
function pack() {
  const packages = readdirSync(join(root, 'packages')).map((name) => `--workspace=packages/${name}`);
  const packed = JSON.parse(
    run('npm', ['pack', '--json', '--pack-destination', tarballs, ...packages], root),
  );
  const strays = Object.values(packed).flatMap(({ name, files }) =>
    files
      .filter(({ path }) => /\.test[.-]|\/meta\.json$|tsbuildinfo/.test(path))
      .map(({ path }) => `${name}: ${path}`),
  );
  const unlicensed = Object.values(packed).filter(
    ({ files }) => !files.some(({ path }) => path === 'LICENSE'),
  );
  if (unlicensed.length > 0) {
    throw new Error(`these have no licence: ${unlicensed.map(({ name }) => name).join(', ')}`);
  }
  if (strays.length > 0) throw new Error(`these do not belong into a package:\n${strays.join('\n')}`);
}

function install() {
  cpSync(join(root, 'examples/quickstart'), project, { recursive: true });
  cpSync(join(root, 'examples/library/deploy.ts'), join(project, 'deploy.ts'));
  writeFileSync(join(project, 'package.json'), '{"name":"packed","private":true,"type":"module"}\n');
  const paths = readdirSync(tarballs).map((name) => join(tarballs, name));
  run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', ...paths]);
}

const makeKey = `
import { writeFileSync } from 'node:fs';
import { generateKey } from 'openpgp';
const { privateKey } = await generateKey({ type: 'rsa', rsaBits: 2048, userIDs: [{ name: 'Signer' }], format: 'binary' });
writeFileSync('secret.gpg', privateKey);
`;

const useLibrary = `
import { open } from 'flotilla';
const flotilla = await open({ environment: 'production' });
const { files } = await flotilla.load();
console.log(files.flatMap((file) => file.releases).map((release) => release.id).join(' '));
await flotilla[Symbol.asyncDispose]();
`;

function use() {
  const here = ['-e', 'production'];
  expectText(run('flotilla', ['version']), 'helmfile    1.8.0', 'flotilla version');
  expectText(run('helmfile', [...here, 'list']), 'database', 'helmfile list');
  expectText(run('flotilla', [...here, 'build']), 'name: database', 'flotilla build');
  expectText(run('flotilla', [...here, 'template']), 'kind: Deployment', 'flotilla template');
  const sandbox = [...here, '--kube-context', 'sandbox'];
  run('flotilla', [...sandbox, 'sync']);
  run('flotilla', [...sandbox, 'diff', '--detailed-exitcode']);
  console.log('ok: flotilla sync, after which diff finds nothing');
  run('node', ['--input-type=module', '--eval', makeKey]);
  run('flotilla', ['helm', 'package', 'charts/web', '--sign', '--key', 'Signer', '--keyring', 'secret.gpg']);
  expectText(readdirSync(project).join(' '), '.tgz.prov', 'flotilla helm package --sign');
  expectText(run('node', ['--input-type=module', '--eval', useLibrary]), 'database', 'the library');
  const strict = [
    '--noEmit',
    '--strict',
    '--module',
    'nodenext',
    '--target',
    'es2023',
    '--lib',
    'es2023,esnext.disposable',
  ];
  run(join(root, 'node_modules/.bin/tsc'), [
    ...strict,
    '--types',
    'node',
    '--typeRoots',
    join(root, 'node_modules/@types'),
    'deploy.ts',
  ]);
  console.log('ok: the types of the library');
}

try {
  mkdirSync(tarballs);
  pack();
  install();
  use();
} finally {
  rmSync(home, { recursive: true, force: true });
}
