import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { chart, TempProject } from '../support/built-cli.ts';

const root = join(import.meta.dirname, '../..');
const pagesFolder = join(root, 'docs/errors');

const families = 'cli|environment|executor|feature|hook|needs|plan|selector|source|spec|state|template|yaml';

function filesBelow(folder: string, ending: string): readonly string[] {
  return readdirSync(folder, { recursive: true })
    .map((path) => String(path).replaceAll('\\', '/'))
    .filter((path) => path.endsWith(ending));
}

function sources(): readonly string[] {
  return readdirSync(join(root, 'packages')).flatMap((name) => {
    const folder = join(root, 'packages', name, 'src');
    const paths = filesBelow(folder, '.ts').filter((path) => !path.endsWith('.test.ts'));
    return paths.map((path) => readFileSync(join(folder, path), 'utf8'));
  });
}

const literal = new RegExp(`'((?:${families})/[a-z0-9-]+)'`, 'g');
/** Whatever its family is. */
const reported = /\b(?:error|warning|deprecation)Diagnostic\(\s*'([a-z0-9-]+\/[a-z0-9-]+)'/g;

/** Codes as they stand in the source, and those of executors, which are built from a list. */
function codesInSource(): readonly string[] {
  const codes = sources().flatMap((text) =>
    [literal, reported].flatMap((pattern) => [...text.matchAll(pattern)].map((match) => match[1] ?? '')),
  );
  const port = readFileSync(join(root, 'packages/core/src/ports/executor.ts'), 'utf8');
  const union = /export type ExecutorErrorCode =([^;]+);/.exec(port)?.[1] ?? '';
  const executor = [...union.matchAll(/'([a-z-]+)'/g)].map((match) => `executor/${match[1]}`);
  return [...new Set([...codes, ...executor])].sort();
}

const pages = filesBelow(pagesFolder, '.md')
  .filter((path) => path !== 'README.md')
  .map((path) => path.replace(/\.md$/, ''))
  .sort();

test('every code has a page, and every page a code', () => {
  expect(pages).toEqual(codesInSource());
});

test('the index lists every page', () => {
  const index = readFileSync(join(pagesFolder, 'README.md'), 'utf8');
  const listed = [...index.matchAll(/^\| \[`([a-z/0-9-]+)`\]\(\1\.md\)/gm)].map((match) => match[1] ?? '');
  expect(listed.sort()).toEqual(pages);
});

interface Example {
  readonly files: Readonly<Record<string, string>>;
  readonly command: string;
  readonly output: string;
}

function exampleOf(page: string): Example | undefined {
  const console = /```console\n\$ flotilla (.*)\n([\s\S]*?)\n?```/.exec(page);
  if (console === null) return undefined;
  const files = [...page.matchAll(/^`([^`]+)`:\n\n```yaml\n([\s\S]*?)```/gm)];
  return {
    files: Object.fromEntries(files.map(([, name = '', text = '']) => [name, text])),
    command: console[1] ?? '',
    output: console[2] ?? '',
  };
}

describe('examples print what the page says', () => {
  for (const code of pages) {
    const page = readFileSync(join(pagesFolder, `${code}.md`), 'utf8');
    test(`${code} says what it means and what to do`, () => {
      expect(page.startsWith(`# ${code}\n\n`)).toBe(true);
      expect(page).toMatch(/\n## What to do\n\n\S/);
    });
    const example = exampleOf(page);
    if (example === undefined) continue;
    test.concurrent(code, async () => {
      using project = new TempProject({ ...chart('web'), ...chart('api'), ...chart('db'), ...example.files });
      const { stderr } = await project.run(example.command.split(' '));
      expect(stderr.replaceAll('<DIR>/', '').trimEnd()).toBe(example.output);
    });
  }
});
