import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The pages of docs/errors: beside the bundle in an installed package, in the repository else. */
const folders = ['errors/', '../../../docs/errors/'];

/** The page of a code as Markdown; undefined when there is none. */
export function errorPage(code: string): string | undefined {
  return /^[a-z]+\/[a-z0-9-]+$/.test(code) ? readPage(`${code}.md`) : undefined;
}

/** All codes, in the order of the index. */
export function errorCodes(): readonly string[] {
  const index = readPage('README.md') ?? '';
  return [...index.matchAll(/^\| \[`([a-z]+\/[a-z0-9-]+)`\]/gm)].map((match) => match[1] ?? '');
}

function readPage(name: string): string | undefined {
  for (const folder of folders) {
    try {
      return readFileSync(fileURLToPath(new URL(folder + name, import.meta.url)), 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  return undefined;
}
