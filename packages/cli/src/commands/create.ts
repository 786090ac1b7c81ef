import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { exitCode } from '../exit-code.ts';
import type { CommandContext } from './command.ts';

/** `create [NAME]`: writes a first project; refuses to overwrite unless `--force` (Helmfile 1.8.0 `create`). */
export async function create({ host, flags, positionals }: CommandContext): Promise<number> {
  const [name] = positionals;
  const problem =
    positionals.length > 1 ? `accepts at most 1 arg(s), received ${positionals.length}` : nameProblem(name);
  if (problem !== undefined) {
    host.writeError(`${problem}\n`);
    return exitCode.usage;
  }
  const folder = resolve(host.workingDirectory, flags.string('output-dir') || name || '.');
  const existing = [...files.keys()].map((path) => join(folder, path)).filter((path) => existsSync(path));
  if (existing.length > 0 && !flags.boolean('force')) {
    host.writeError(`the following files already exist, use --force to overwrite: ${existing.join(', ')}\n`);
    return exitCode.failure;
  }
  for (const [path, content] of files) {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content);
    host.writeError(`created ${target}\n`);
  }
  host.writeError(
    `\n${host.program} project created in ${folder}\n\nNext steps:\n  cd ${folder}\n  # Edit helmfile.yaml to add your releases\n  ${host.program} apply\n`,
  );
  return exitCode.success;
}

function nameProblem(name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  if (name.trim() === '') return 'project name must not be empty or whitespace only';
  if (/[/\\]/.test(name)) return `invalid project name "${name}": must not contain path separators`;
  return name === '.' || name === '..' ? `invalid project name "${name}"` : undefined;
}

const stateFile = `# What this cluster should run. Try: flotilla list, flotilla diff, flotilla apply.

helmDefaults:
  createNamespace: true
  wait: true
  timeout: 300

# Where charts come from.
# repositories:
#   - name: bitnami
#     url: https://charts.bitnami.com/bitnami

# Values per environment; choose one with -e NAME. Put environments above releases, with --- between.
# environments:
#   default:
#     values:
#       - environments/default.yaml
#   production:
#     values:
#       - environments/production.yaml
# ---

# What to install.
# releases:
#   - name: my-app
#     namespace: my-app
#     chart: bitnami/nginx
#     version: ~18.0.0
#     values:
#       - values/my-app.yaml
`;

const files: ReadonlyMap<string, string> = new Map([
  ['helmfile.yaml', stateFile],
  ['environments/default.yaml', '# Values that state files see as .Values in the default environment.\n'],
  ['values/.gitkeep', ''],
]);
