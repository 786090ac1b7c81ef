import { compareStrings } from '@flotilla/gocompat';

/**
 * The order in which templates are parsed and run (Helm 4.3.1 `sortTemplates`): deepest first, then by path from the
 * last to the first. Later definitions win, so a parent chart overrides its sub-charts.
 */
export function templateOrder(paths: Iterable<string>): string[] {
  return Array.from(paths, (path) => ({ path, depth: path.split('/').length }))
    .sort((a, b) => b.depth - a.depth || compareStrings(b.path, a.path))
    .map(({ path }) => path);
}
