/**
 * `.name` on any value: methods first, then struct fields and map keys.
 * In: a receiver and whether Go knows it only as an interface. Out: the member, or text/template's error.
 * The fast path for plain maps is in compile-chain; this one is complete.
 */
import { Dict, GoStruct, quote, TypedMap, typeOf } from '@flotilla/gocompat';
import type { Frame } from './frame.ts';
import type { TemplateLanguage } from './language.ts';
import { callMethod, type MethodArguments, type MethodSite, methodNamed } from './method.ts';
import { fail, type Site } from './site.ts';
import { elementType, zeroElement } from './zero-element.ts';

export interface FieldSite extends MethodSite {
  readonly language: TemplateLanguage;
  readonly path: readonly string[];
  /** Slot of the container whose element the path starts from. */
  readonly container: number | undefined;
  /** For the last step of the path. */
  readonly args: MethodArguments | undefined;
}

/** Follows the path of `site` from a value; a method at its end gets the arguments and `piped`. */
export function followPath(frame: Frame, site: FieldSite, base: unknown, piped?: unknown): unknown {
  const { path, language, container } = site;
  let value = base;
  let owner = container === undefined ? undefined : frame.slots[container];
  for (let at = 0; at < path.length; at++) {
    const name = path[at] ?? '';
    const args = at === path.length - 1 ? site.args : undefined;
    const method = methodNamed(language, value, name);
    if (method !== undefined) {
      value = callMethod(frame, site, { receiver: value, method, name, args, piped });
      owner = undefined;
    } else {
      const next = member(frame, site, value, { name, args, owner });
      owner = value;
      value = next;
    }
  }
  return value;
}

interface Step {
  readonly name: string;
  readonly args: MethodArguments | undefined;
  /** Where the receiver was taken from. */
  readonly owner: unknown;
}

function member(frame: Frame, site: Site, value: unknown, step: Step): unknown {
  const { name, args } = step;
  if (value === undefined || value === null) return ofNil(frame, site, value, name);
  if (isStringKeyed(value)) {
    if (args !== undefined) fail(frame, site, `${name} is not a method but has arguments`);
    const found = value instanceof Dict ? value[name] : value.entries.get(name);
    return found === undefined ? missing(frame, site, value, name) : found;
  }
  if (value instanceof GoStruct && value.fields.has(name)) {
    if (args !== undefined) fail(frame, site, `${name} has arguments but cannot be invoked as function`);
    return value.fields.get(name);
  }
  // Of an element of a container of interfaces Go knows no more than that.
  const type = elementType(step.owner) === 'interface {}' ? 'interface {}' : typeOf(value);
  return fail(frame, site, `can't evaluate field ${name} in type ${type}`);
}

function ofNil(frame: Frame, site: Site, value: null | undefined, name: string): undefined {
  const { isLenient, missingKey } = frame.run;
  if (isLenient) return undefined;
  if (value === null) fail(frame, site, `nil pointer evaluating interface {}.${name}`);
  if (missingKey === 'error') fail(frame, site, `nil data; no entry for key ${quote(name)}`);
  return undefined;
}

function missing(frame: Frame, site: Site, map: Dict | TypedMap, name: string): unknown {
  const { isLenient, missingKey } = frame.run;
  if (isLenient || missingKey === 'default') return undefined;
  if (missingKey === 'error') fail(frame, site, `map has no entry for key ${quote(name)}`);
  return zeroElement(map);
}

function isStringKeyed(value: unknown): value is Dict | TypedMap {
  if (value instanceof Dict) return true;
  if (!(value instanceof TypedMap)) return false;
  const { goType } = value;
  return !goType.startsWith('map[') || /^map\[(?:string|interface \{\})\]/.test(goType);
}
