import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { type Host, run } from 'flotilla';
import { describe, expect, test } from 'vitest';

/**
 * Every example lists, builds and renders to exactly the texts in `examples/`, in each of its environments, with nothing but Node:
 * no helm, no sops, no cluster, no network. Where other charts come from the internet, the release with its own is rendered.
 */

const root = join(import.meta.dirname, '../../examples');

interface Example {
  readonly environments?: readonly string[];
  /** Goes in front of every command. */
  readonly flags?: readonly string[];
  /** Goes in front of `template`; undefined when no release has its chart here. */
  readonly rendered?: readonly string[];
}

const examples: Readonly<Record<string, Example>> = {
  quickstart: { environments: ['default', 'production'], rendered: [] },
  'seed/releases': { environments: ['default', 'production'], rendered: ['--skip-deps', '-l', 'name=myapp'] },
  'seed/environments': { environments: ['dev', 'staging', 'production'], rendered: [] },
  'seed/declarative': { environments: ['default', 'production'] },
  'seed/layering': { rendered: [] },
  'seed/selectors': { flags: ['--chart', './charts/app', '-l', 'tier=frontend'], rendered: [] },
  'seed/values-templates': { flags: ['--chart', './charts/app'], rendered: [] },
};

const variables = {
  HOME: '/nowhere',
  PATH: '/nowhere',
  POSTGRES_PASSWORD: 'hunter22',
  DB_NAME: 'shop',
  DB_USER: 'clerk',
  DB_PASSWORD: 'hunter33',
  REDIS_PASSWORD: 'hunter44',
};

async function flotilla(folder: string, argv: readonly string[]): Promise<string> {
  const output: string[] = [];
  const errors: string[] = [];
  const host: Host = {
    argv,
    program: 'flotilla',
    env: variables,
    workingDirectory: join(root, folder),
    stdin: Readable.from([]),
    isInputTerminal: false,
    isOutputTerminal: false,
    isErrorTerminal: false,
    columns: 80,
    writeOutput: (text) => void output.push(text),
    writeError: (text) => void errors.push(text),
    onSignal: () => ({ [Symbol.dispose]: () => undefined }),
  };
  expect(await run(host), errors.join('')).toBe(0);
  return output
    .join('')
    .replaceAll(root, '/examples')
    .replaceAll(/\d{4}-\d\d-\d\d/g, 'DATE');
}

describe.each(Object.entries(examples))(
  '%s',
  (folder, { environments = ['default'], flags = [], rendered }) => {
    const expected = (environment: string, name: string): string =>
      join(import.meta.dirname, 'examples', folder.replace('/', '-'), environment, name);

    test.each(environments)('lists, builds, orders and renders, in %s', async (environment) => {
      const common = [...flags, '-e', environment];
      for (const [command, name] of [
        ['list', 'list.txt'],
        ['show-dag', 'show-dag.txt'],
        ['build', 'build.txt'],
      ] as const) {
        const text = await flotilla(folder, [...common, command]);
        await expect(text).toMatchFileSnapshot(expected(environment, name));
      }
      if (rendered === undefined) return;
      const text = await flotilla(folder, [...common, ...rendered, 'template']);
      await expect(text).toMatchFileSnapshot(expected(environment, 'template.txt'));
    });
  },
);

test('no example is left out', () => {
  const found = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => /(?:^|\/)helmfile\.yaml(?:\.gotmpl)?$/.test(path))
    .map((path) => path.replace(/\/helmfile[^/]*$/, ''))
    .filter((folder) => !folder.startsWith('seed/layering/'));
  expect(found.sort()).toEqual(Object.keys(examples).sort());
});
