/**
 * sprig's regular expressions over Go's (RE2) syntax. Comes in: patterns, compiled once and cached by gocompat.
 * The plain functions panic for bad patterns with `regexp: Compile(…)`, except regexMatch, which says no; the `must` ones give the error alone.
 */
import {
  canBackquote,
  compileRegexp,
  type GoRegexp,
  nilSlice,
  orElse,
  quote,
  quoteMeta,
  typedSlice,
  wrapping,
} from '@flotilla/gocompat';
import { type FunctionSpec, goFunction } from '../function-table.ts';

type Compile = (pattern: string) => GoRegexp;

/** Go's `regexp.MustCompile`. */
function mustCompile(pattern: string): GoRegexp {
  const quoted = canBackquote(pattern) ? `\`${pattern}\`` : quote(pattern);
  return wrapping(`regexp: Compile(${quoted}): `, () => compileRegexp(pattern));
}

function strings(found: string[] | undefined): unknown {
  return found === undefined ? nilSlice('[]string') : typedSlice('[]string', found);
}

function finding(compile: Compile): FunctionSpec {
  return goFunction(['string', 'string'], (pattern, text) => compile(pattern).find(text));
}

function findingAll(compile: Compile): FunctionSpec {
  return goFunction(['string', 'string', 'int'], (pattern, text, limit) =>
    strings(compile(pattern).findAll(text, limit)),
  );
}

function splitting(compile: Compile): FunctionSpec {
  return goFunction(['string', 'string', 'int'], (pattern, text, limit) =>
    strings(compile(pattern).split(text, limit)),
  );
}

function replacing(compile: Compile): FunctionSpec {
  return goFunction(['string', 'string', 'string'], (pattern, text, replacement) =>
    compile(pattern).replaceAll(text, replacement),
  );
}

function replacingLiterally(compile: Compile): FunctionSpec {
  return goFunction(['string', 'string', 'string'], (pattern, text, replacement) =>
    compile(pattern).replaceAllLiteral(text, replacement),
  );
}

/** sprig's regular expression functions. */
export const regexpFunctions: Readonly<Record<string, FunctionSpec>> = {
  regexMatch: goFunction(['string', 'string'], (pattern, text) =>
    orElse(
      () => compileRegexp(pattern).matches(text),
      () => false,
    ),
  ),
  mustRegexMatch: goFunction(['string', 'string'], (pattern, text) => compileRegexp(pattern).matches(text)),
  regexFind: finding(mustCompile),
  mustRegexFind: finding(compileRegexp),
  regexFindAll: findingAll(mustCompile),
  mustRegexFindAll: findingAll(compileRegexp),
  regexSplit: splitting(mustCompile),
  mustRegexSplit: splitting(compileRegexp),
  regexReplaceAll: replacing(mustCompile),
  mustRegexReplaceAll: replacing(compileRegexp),
  regexReplaceAllLiteral: replacingLiterally(mustCompile),
  mustRegexReplaceAllLiteral: replacingLiterally(compileRegexp),
  regexQuoteMeta: goFunction(['string'], quoteMeta),
};
