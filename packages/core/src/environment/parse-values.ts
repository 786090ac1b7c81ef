import { Dict, formatValue, GoError, GoInt, GoTime, parseYaml, TypedMap, yamlKeys } from '@flotilla/gocompat';
import { stringifyKeys } from '../template-context/stringify-keys.ts';

/**
 * The first YAML document of a values file as a map (go-yaml v3, as Helmfile 1.8.0 reads it): nothing is an empty map, keys of
 * the top level become strings (a null one is left out), others must be. Throws GoError with Go's text.
 */
export function parseValues(text: string): Dict {
  const value = parseYaml(text, { dialect: 'v3' });
  if (value === null || value === undefined) return new Dict();
  if (value instanceof Dict) return stringifyKeys(value);
  if (value instanceof TypedMap) return withTextKeys(value);
  throw new GoError(
    `yaml: unmarshal errors:\n  line ${firstLine(text)}: cannot unmarshal ${taggedValue(value)} into map[string]interface {}`,
  );
}

/** The same for what goes on to helm: keys below the top stay as they are. */
export function parseHelmValues(text: string): Dict {
  const value = parseYaml(text, { dialect: 'v3' });
  return value instanceof Dict ? value : parseValues(text);
}

function withTextKeys(map: TypedMap): Dict {
  const keys = yamlKeys(map);
  const result = new Dict();
  for (const [key, value] of map.entries) if (keys?.get(key) !== null) result[key] = value;
  return stringifyKeys(result);
}

/** 1-based line of the first content: Go counts from the node, which comments and markers precede. */
function firstLine(text: string): number {
  const lines = text.split('\n');
  const index = lines.findIndex((line) => !/^\s*(?:#|$|---\s*$|%)/.test(line));
  return index === -1 ? 1 : index + 1;
}

/** A value as go-yaml's `cannot unmarshal` names it. */
export function taggedValue(value: unknown): string {
  if (Array.isArray(value)) return '!!seq';
  if (value instanceof Dict || value instanceof TypedMap) return '!!map';
  const text = formatValue(value);
  return `${tagOf(value)} \`${text.length > 10 ? `${text.slice(0, 7)}...` : text}\``;
}

function tagOf(value: unknown): string {
  if (typeof value === 'boolean') return '!!bool';
  if (typeof value === 'number') return '!!float';
  if (value instanceof GoInt) return '!!int';
  return value instanceof GoTime ? '!!timestamp' : '!!str';
}
