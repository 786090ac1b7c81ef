import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { describe, expect, test } from 'vitest';

/** The import rules of docs/architecture.md. Each failure names the file and what it imports. */

const root = resolve(import.meta.dirname, '../..');
const packages = ['diagnostics', 'gocompat', 'gotemplate', 'core', 'helm', 'cli'] as const;
const packageOf: Readonly<Record<string, string>> = {
  '@flotilla/diagnostics': 'diagnostics',
  '@flotilla/gocompat': 'gocompat',
  '@flotilla/gotemplate': 'gotemplate',
  '@flotilla/core': 'core',
  '@flotilla/core/node': 'core',
  '@flotilla/helm': 'helm',
  flotilla: 'cli',
};

interface SourceFile {
  /** From the root of the repository, with slashes. */
  readonly path: string;
  readonly text: string;
  readonly imports: readonly string[];
}

const importPattern =
  /(?:^|\n)\s*(?:import|export)\b[^'"`;]*?from\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

function readSources(): readonly SourceFile[] {
  return packages
    .flatMap((name) =>
      readdirSync(join(root, 'packages', name, 'src'), { recursive: true, encoding: 'utf8' }).map((path) =>
        join('packages', name, 'src', path),
      ),
    )
    .filter((path) => path.endsWith('.ts'))
    .filter((path) => !/\.test(?:-support)?\.ts$|\.property\.test\.ts$|\.d\.ts$/.test(path))
    .map((path) => {
      const text = readFileSync(join(root, path), 'utf8');
      const imports = [...text.matchAll(importPattern)].map((match) => match[1] ?? match[2] ?? '');
      return { path: path.split(sep).join('/'), text, imports };
    });
}

const sources = readSources();

function violations(isBad: (file: SourceFile, imported: string) => boolean): readonly string[] {
  return sources.flatMap((file) =>
    file.imports
      .filter((imported) => isBad(file, imported))
      .map((imported) => `${file.path} imports ${imported}`),
  );
}

function packageIndex(path: string): number {
  return packages.findIndex((name) => path.startsWith(`packages/${name}/`));
}

/** Folder below src of a file in core, or of the file a relative import names. */
function coreStage(path: string): string | undefined {
  return /^packages\/core\/src\/([^/]+)\//.exec(path)?.[1];
}

function resolved(file: SourceFile, imported: string): string {
  return relative(root, resolve(root, dirname(file.path), imported))
    .split(sep)
    .join('/');
}

describe('packages', () => {
  test('import only packages to their left, by the public entry', () => {
    const bad = violations((file, imported) => {
      if (imported.startsWith('@flotilla/') && packageOf[imported] === undefined) return true;
      const target = packageOf[imported];
      return (
        target !== undefined &&
        packages.indexOf(target as (typeof packages)[number]) >= packageIndex(file.path)
      );
    });
    expect(bad).toEqual([]);
  });

  test('never reach into another package by path', () => {
    const bad = violations(
      (file, imported) =>
        imported.startsWith('.') &&
        packageIndex(`${resolved(file, imported)}/`) !== packageIndex(file.path) &&
        !imported.endsWith('package.json'),
    );
    expect(bad).toEqual([]);
  });
});

const platformFolders = [
  'core/src/adapters/',
  'core/src/node.ts',
  'helm/src/cluster/',
  'helm/src/registry/',
  'cli/',
];
const pureModules = new Set([
  'node:crypto',
  'node:zlib',
  'node:buffer',
  'node:path',
  'node:path/posix',
  'node:module',
]);

function mayTouchPlatform(path: string): boolean {
  return (
    platformFolders.some((folder) => path.startsWith(`packages/${folder}`)) || /\/node-[\w-]+\.ts$/.test(path)
  );
}

describe('the platform', () => {
  test('is imported only at the edge', () => {
    expect(
      violations(
        (file, imported) =>
          imported.startsWith('node:') && !pureModules.has(imported) && !mayTouchPlatform(file.path),
      ),
    ).toEqual([]);
  });

  test('is read only at the edge: process, console, clocks, timers, randomness', () => {
    const globals = /\b(?:process\.\w+|console\.\w+|Date\.now\(|Math\.random\(|setTimeout\(|setInterval\()/;
    const bad = sources
      .filter((file) => !mayTouchPlatform(file.path))
      .flatMap((file) => {
        const code = file.text
          .replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')
          .replaceAll(/'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/g, '""');
        const match = globals.exec(code);
        return match === null ? [] : [`${file.path} uses ${match[0]}`];
      });
    expect(bad).toEqual([]);
  });
});

/** Stages of the core from left to right; a stage imports what stands left of it, its own group, and ports and events. */
const stages: readonly (readonly string[])[] = [
  ['graph'],
  ['source'],
  ['yaml'],
  ['spec'],
  ['rules', 'merge'],
  ['template-context', 'environment'],
  ['desired'],
  ['select'],
  ['load'],
  ['prepare'],
  ['plan'],
  ['report'],
  ['run'],
];
const everywhere = new Set(['ports', 'events']);

describe('stages of the core', () => {
  test('ports import nothing that runs', () => {
    const bad = violations((file, imported) => {
      if (coreStage(file.path) !== 'ports' || !imported.startsWith('.')) return false;
      return coreStage(resolved(file, imported)) === 'adapters';
    });
    expect(bad).toEqual([]);
  });

  test('graph knows nothing of the rest', () => {
    expect(
      violations((file, imported) => coreStage(file.path) === 'graph' && imported.startsWith('../')),
    ).toEqual([]);
  });

  test('look left', () => {
    const rank = (stage: string): number => stages.findIndex((group) => group.includes(stage));
    const bad = violations((file, imported) => {
      const from = coreStage(file.path);
      if (from === undefined || !imported.startsWith('.')) return false;
      const to = coreStage(resolved(file, imported));
      if (to === undefined || from === to || everywhere.has(to) || rank(from) === -1 || rank(to) === -1)
        return false;
      return rank(to) > rank(from) && !isTypeImport(file, imported);
    });
    expect(bad).toEqual([]);
  });
});

/** Types of later stages are vocabulary; only code must look left. */
function isTypeImport(file: SourceFile, imported: string): boolean {
  const escaped = imported.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  return new RegExp(`(?:import|export)\\s+type\\b[^;]*from\\s*['"]${escaped}['"]`).test(file.text);
}

test('nothing but the cli imports adapters, and only by core/node', () => {
  const bad = violations((file, imported) => {
    if (!imported.startsWith('.') || coreStage(resolved(file, imported)) !== 'adapters') return false;
    return coreStage(file.path) !== 'adapters' && file.path !== 'packages/core/src/node.ts';
  });
  expect(bad).toEqual([]);
});

test('no folder is a drawer for everything', () => {
  const bad = sources
    .filter((file) => /\/(?:utils?|helpers?|common|misc|shared)(?:\/|\.ts$)/.test(file.path))
    .map((file) => file.path);
  expect(bad).toEqual([]);
});
