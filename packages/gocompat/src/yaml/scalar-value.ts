import { Buffer } from 'node:buffer';
import { decodeBytes } from '../text.ts';
import type { YamlScalar } from './node.ts';
import { type Resolved, resolvePlain } from './resolve.ts';
import type { YamlDialect } from './yaml-error.ts';

const longPrefix = 'tag:yaml.org,2002:';

/** `!!str` for `tag:yaml.org,2002:str`; other tags stay as they are. */
export function shortTag(tag: string): string {
  return tag.startsWith(longPrefix) ? `!!${tag.slice(longPrefix.length)}` : tag;
}

const resolvable = new Set(['!!str', '!!bool', '!!int', '!!float', '!!null', '!!timestamp']);

/** A scalar's problem, for the caller to place. */
export class ScalarProblem extends Error {}

/**
 * The typed value of a scalar: quoted ones are strings, plain ones are resolved, explicit tags are obeyed.
 * Unknown tags give the text. Throws ScalarProblem.
 */
export function scalarValue(node: YamlScalar, dialect: YamlDialect): Resolved {
  const { tag, value, style } = node;
  if (tag === '' || (tag === '!' && dialect === 'v3')) {
    return style === 'plain' ? resolvePlain(value, dialect) : { tag: '!!str', value };
  }
  const short = shortTag(tag);
  if (short === '!!binary') return { tag: '!!str', value: decodeBinary(value) };
  if (short === '!!str' || !resolvable.has(short)) return { tag: '!!str', value };
  return obeyTag(short, value, dialect);
}

function obeyTag(tag: string, text: string, dialect: YamlDialect): Resolved {
  const resolved = resolvePlain(text, dialect, tag === '!!timestamp');
  if (resolved.tag === tag) return resolved;
  if (tag === '!!float' && resolved.tag === '!!int' && resolved.value.kind === 'int') {
    return { tag: '!!float', value: resolved.value.n };
  }
  throw new ScalarProblem(`cannot decode ${resolved.tag} \`${text}\` as a ${tag}`);
}

const base64Shape = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

function decodeBinary(text: string): string {
  const packed = text.replace(/[\r\n]/g, '');
  if (!base64Shape.test(packed)) throw new ScalarProblem('!!binary value contains invalid base64 data');
  return decodeBytes(Buffer.from(packed, 'base64'));
}
