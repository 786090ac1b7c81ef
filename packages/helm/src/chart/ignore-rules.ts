/** .helmignore: which files of a chart directory Helm does not load. */
import { GoError, matchPath, trimSpace } from '@flotilla/gocompat';

/** True when the entry at a slash path below the root is to be left out. */
export type IgnoreRules = (path: string, isDirectory: boolean) => boolean;

interface IgnoreRule {
  readonly isNegative: boolean;
  readonly onlyDirectories: boolean;
  readonly pattern: string;
  readonly matchesWholePath: boolean;
}

/** Dotfiles directly in templates/ are always ignored. */
const builtInRule = 'templates/.?*';

/**
 * Rules of a .helmignore text (Helm 4.3.1). Unlike git's, a negative rule ignores whatever it does not match.
 * Throws GoError for `**` and for patterns Go's filepath.Match does not understand.
 */
export function parseIgnoreRules(text: string): IgnoreRules {
  const lines = [...text.replace(/^\ufeff/, '').split('\n'), builtInRule];
  const rules = lines.map(parseRule).filter((rule) => rule !== undefined);
  return (path, isDirectory) => isIgnored(rules, path, isDirectory);
}

function parseRule(line: string): IgnoreRule | undefined {
  const rule = trimSpace(line);
  if (rule === '' || rule.startsWith('#')) return undefined;
  if (rule.includes('**')) throw new GoError('double-star (**) syntax is not supported');
  matchPath(rule, 'abc');
  const isNegative = rule.startsWith('!');
  const unsigned = isNegative ? rule.slice(1) : rule;
  const onlyDirectories = unsigned.endsWith('/');
  const pattern = onlyDirectories ? unsigned.slice(0, -1) : unsigned;
  const isRooted = pattern.startsWith('/');
  return {
    isNegative,
    onlyDirectories,
    pattern: isRooted ? pattern.slice(1) : pattern,
    matchesWholePath: isRooted || pattern.includes('/'),
  };
}

function isIgnored(rules: readonly IgnoreRule[], path: string, isDirectory: boolean): boolean {
  for (const rule of rules) {
    const applies = isDirectory || !rule.onlyDirectories;
    if (rule.isNegative) {
      if (!applies || !matches(rule, path)) return true;
    } else if (applies && matches(rule, path)) {
      return true;
    }
  }
  return false;
}

function matches(rule: IgnoreRule, path: string): boolean {
  const name = rule.matchesWholePath ? path : path.slice(path.lastIndexOf('/') + 1);
  try {
    return matchPath(rule.pattern, name);
  } catch (error) {
    if (error instanceof GoError) return false;
    throw error;
  }
}
