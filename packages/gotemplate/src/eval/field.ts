/**
 * `.name` on any value: methods first, then struct fields and map keys.
 * In: a receiver and whether Go knows it only as an interface. Out: the member, or text/template's error.
 * The fast path for plain maps is in compile-chain; this one is complete.
 */
import { Dict, GoStruct, quote, TypedMap, typeOf } from '@flotilla/gocompat';
import type { Frame } from './frame.ts';
import type { TemplateLanguage } from './language.ts';
import { callMethod, type MethodArguments, methodNamed } from './method.ts';
import { fail, type Site } from './site.ts';
import { elementType, zeroElement } from './zero-element.ts';

export interface Receiver {
  readonly value: unknown;
  /** It is an element of a container of interfaces, so that messages know no more of its type. */
  readonly isElement: boolean;
}

export interface FieldSite extends Site {
  readonly language: TemplateLanguage;
  /** The node that the error of a called method names. */
  readonly callSite: Site;
  readonly path: readonly string[];
  /** For the last step of the path. */
  readonly args: MethodArguments | undefined;
}

/** Follows the path of `site` from a value. */
export function followPath(frame: Frame, site: FieldSite, from: Receiver): unknown {
  const { path } = site;
  let receiver = from;
  for (let at = 0; at < path.length; at++) {
    const args = at === path.length - 1 ? site.args : undefined;
    receiver = member(frame, site, receiver, { name: path[at] ?? '', args });
  }
  return receiver.value;
}

interface Step {
  readonly name: string;
  readonly args: MethodArguments | undefined;
}

const nothing: Receiver = { value: undefined, isElement: false };

function member(frame: Frame, site: FieldSite, receiver: Receiver, { name, args }: Step): Receiver {
  const { value } = receiver;
  if (value === undefined || value === null) return ofNil(frame, site, value, name);
  const method = methodNamed(site.language, value, name);
  if (method !== undefined) {
    return { value: callMethod(frame, site, { receiver: value, method, name, args }), isElement: false };
  }
  if (value instanceof GoStruct && value.fields.has(name)) {
    if (args !== undefined) fail(frame, site, `${name} has arguments but cannot be invoked as function`);
    return { value: value.fields.get(name), isElement: false };
  }
  if (value instanceof Dict || (value instanceof TypedMap && hasStringKeys(value))) {
    if (args !== undefined) fail(frame, site, `${name} is not a method but has arguments`);
    return element(frame, site, value, name);
  }
  const type = receiver.isElement ? 'interface {}' : typeOf(value);
  return fail(frame, site, `can't evaluate field ${name} in type ${type}`);
}

function ofNil(frame: Frame, site: Site, value: null | undefined, name: string): Receiver {
  if (frame.run.isLenient) return nothing;
  if (value === null) fail(frame, site, `nil pointer evaluating interface {}.${name}`);
  if (frame.run.missingKey === 'error') fail(frame, site, `nil data; no entry for key ${quote(name)}`);
  return nothing;
}

function element(frame: Frame, site: Site, map: Dict | TypedMap, name: string): Receiver {
  const isElement = elementType(map) === 'interface {}';
  const found = map instanceof TypedMap ? map.entries.get(name) : map[name];
  if (found !== undefined) return { value: found, isElement };
  if (frame.run.isLenient) return nothing;
  switch (frame.run.missingKey) {
    case 'default':
      return nothing;
    case 'error':
      return fail(frame, site, `map has no entry for key ${quote(name)}`);
    case 'zero':
      return { value: zeroElement(map), isElement };
  }
}

function hasStringKeys(map: TypedMap): boolean {
  return (
    map.goType.startsWith('map[string]') ||
    map.goType.startsWith('map[interface {}]') ||
    !map.goType.startsWith('map[')
  );
}
