/** Helm's template functions for YAML, JSON and TOML. Plain ones swallow errors, `must…` ones raise them. */
import {
  Dict,
  emitToml,
  emitYaml,
  GoError,
  nilSlice,
  orElse,
  parseGoJson,
  parseToml,
  parseYaml,
  toGoJson,
} from '@flotilla/gocompat';
import { type FunctionSpec, goFunction } from '@flotilla/gotemplate';
import { jsonTypeError } from '../values/json-type.ts';
import { jsonView } from './struct-json.ts';

export const dataFunctions: Readonly<Record<string, FunctionSpec>> = {
  toYaml: goFunction(['any'], (value) =>
    orElse(
      () => toYaml(value),
      () => '',
    ),
  ),
  mustToYaml: goFunction(['any'], toYaml),
  toYamlPretty: goFunction(['any'], (value) =>
    orElse(
      () => trimNewline(emitYaml(value, { dialect: 'v3', indent: 2 })),
      () => '',
    ),
  ),
  fromYaml: goFunction(['string'], (text) => table(() => fromYaml(text))),
  fromYamlArray: goFunction(['string'], (text) => list(() => fromYamlArray(text))),
  toJson: goFunction(['any'], (value) =>
    orElse(
      () => toGoJson(jsonView(value)),
      () => '',
    ),
  ),
  mustToJson: goFunction(['any'], (value) => toGoJson(jsonView(value))),
  fromJson: goFunction(['string'], (text) => table(() => asTable(fromJson(text), bareJsonError))),
  fromJsonArray: goFunction(['string'], (text) => list(() => asList(fromJson(text), bareJsonError))),
  toToml: goFunction(['any'], (value) => {
    refuseNil(value);
    return withErrorText(() => emitToml(value));
  }),
  mustToToml: goFunction(['any'], (value) => {
    refuseNil(value);
    return emitToml(value);
  }),
  fromToml: goFunction(['string'], (text) => table(() => parseToml(text) as Dict)),
};

/** Helm's `toYaml`, for files and notes too: YAML without its last line break. Throws GoError. */
export function toYaml(value: unknown): string {
  return trimNewline(emitYaml(jsonView(value), { dialect: 'v2' }));
}

function trimNewline(text: string): string {
  return text.endsWith('\n') ? text.slice(0, -1) : text;
}

function fromYaml(text: string): Dict {
  return asTable(parseYaml(text, { dialect: 'v2' }), jsonTypeError);
}

/** Nothing gives an empty list, where JSON's null gives a nil one. */
function fromYamlArray(text: string): unknown[] {
  return asList(parseYaml(text, { dialect: 'v2' }) ?? [], jsonTypeError);
}

function fromJson(text: string): unknown {
  return parseGoJson(text, { numbers: 'float64' });
}

type TypeError = (value: unknown, goType: string) => GoError;

function bareJsonError(value: unknown, goType: string): GoError {
  const { message } = jsonTypeError(value, goType);
  return new GoError(message.slice(message.indexOf('json: cannot')));
}

function asTable(value: unknown, problem: TypeError): Dict {
  if (value === null || value === undefined) return new Dict();
  if (value instanceof Dict) return value;
  throw problem(value, 'map[string]interface {}');
}

function asList(value: unknown, problem: TypeError): unknown[] {
  if (value === null || value === undefined) return nilSlice();
  if (Array.isArray(value)) return value as unknown[];
  throw problem(value, '[]interface {}');
}

/** A table that cannot be read holds the error under `Error`. */
function table(read: () => Dict): Dict {
  return orElse(read, ({ message }) => {
    const result = new Dict();
    result['Error'] = message;
    return result;
  });
}

/** A list that cannot be read holds the error as its only item. */
function list(read: () => unknown[]): unknown[] {
  return orElse(read, ({ message }): unknown[] => [message]);
}

function withErrorText(write: () => string): string {
  return orElse(write, ({ message }) => message);
}

/** The TOML encoder panics on nil, which `toToml` does not turn into text. */
function refuseNil(value: unknown): void {
  if (value === null || value === undefined) {
    throw new GoError('reflect: call of reflect.Value.Type on zero Value');
  }
}
