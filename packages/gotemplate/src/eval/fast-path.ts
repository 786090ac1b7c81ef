/**
 * Paths through plain maps: closures made for where a path starts and how long it is.
 * Whatever is out of the ordinary (nothing there, no map, a method) is left to the complete path.
 */
import { Dict } from '@flotilla/gocompat';
import { type FieldSite, followPath } from './field.ts';
import type { Evaluate } from './frame.ts';

export const dotOf: Evaluate = (frame) => frame.dot;
export const rootOf: Evaluate = (frame) => frame.root;

/** Follows the path of `site` from what `evaluate` gives. */
export function fastPath(evaluate: Evaluate, site: FieldSite): Evaluate {
  const { path } = site;
  const a = path[0];
  const b = path[1];
  const c = path[2];
  const d = path[3];
  if (a === undefined || path.length > 4) return anyLength(evaluate, site);
  if (evaluate !== dotOf && evaluate !== rootOf) return fromElsewhere(evaluate, site);
  const isRoot = evaluate === rootOf;
  if (b === undefined) return oneStep(isRoot, site, a);
  if (c === undefined) return twoSteps(isRoot, site, [a, b]);
  return d === undefined ? threeSteps(isRoot, site, [a, b, c]) : fourSteps(isRoot, site, [a, b, c, d]);
}

function oneStep(isRoot: boolean, site: FieldSite, a: string): Evaluate {
  return (frame) => {
    const base = isRoot ? frame.root : frame.dot;
    const value = base instanceof Dict ? base[a] : undefined;
    return value === undefined ? followPath(frame, site, base) : value;
  };
}

function twoSteps(isRoot: boolean, site: FieldSite, [a, b]: readonly [string, string]): Evaluate {
  return (frame) => {
    const base = isRoot ? frame.root : frame.dot;
    const first = base instanceof Dict ? base[a] : undefined;
    const value = first instanceof Dict ? first[b] : undefined;
    return value === undefined ? followPath(frame, site, base) : value;
  };
}

function threeSteps(
  isRoot: boolean,
  site: FieldSite,
  [a, b, c]: readonly [string, string, string],
): Evaluate {
  return (frame) => {
    const base = isRoot ? frame.root : frame.dot;
    const first = base instanceof Dict ? base[a] : undefined;
    const second = first instanceof Dict ? first[b] : undefined;
    const value = second instanceof Dict ? second[c] : undefined;
    return value === undefined ? followPath(frame, site, base) : value;
  };
}

function fourSteps(
  isRoot: boolean,
  site: FieldSite,
  [a, b, c, d]: readonly [string, string, string, string],
): Evaluate {
  return (frame) => {
    const base = isRoot ? frame.root : frame.dot;
    const first = base instanceof Dict ? base[a] : undefined;
    const second = first instanceof Dict ? first[b] : undefined;
    const third = second instanceof Dict ? second[c] : undefined;
    const value = third instanceof Dict ? third[d] : undefined;
    return value === undefined ? followPath(frame, site, base) : value;
  };
}

/** From a variable or a pipeline, which is evaluated once only. */
function fromElsewhere(evaluate: Evaluate, site: FieldSite): Evaluate {
  const a = site.path[0] ?? '';
  const b = site.path[1];
  if (b === undefined) {
    return (frame) => {
      const base = evaluate(frame);
      const value = base instanceof Dict ? base[a] : undefined;
      return value === undefined ? followPath(frame, site, base) : value;
    };
  }
  if (site.path.length > 2) return anyLength(evaluate, site);
  return (frame) => {
    const base = evaluate(frame);
    const first = base instanceof Dict ? base[a] : undefined;
    const value = first instanceof Dict ? first[b] : undefined;
    return value === undefined ? followPath(frame, site, base) : value;
  };
}

function anyLength(evaluate: Evaluate, site: FieldSite): Evaluate {
  const { path } = site;
  return (frame) => {
    const base = evaluate(frame);
    let value = base;
    for (let at = 0; at < path.length; at++) {
      if (!(value instanceof Dict)) return followPath(frame, site, base);
      value = value[path[at] ?? ''];
    }
    return value === undefined ? followPath(frame, site, base) : value;
  };
}
