import { formatFloat, GoStruct, goInt, int } from '@flotilla/gocompat';
import type { NumberNode } from '../parse/node.ts';
import type { Evaluate } from './frame.ts';
import { fail, type Site } from './site.ts';

/** A number where nothing imposes a type: its syntax decides between int and float64. */
export function constantNumber(node: NumberNode, site: Site): Evaluate {
  const value = constantValue(node);
  if (value === undefined) return (frame) => fail(frame, site, `${node.text} overflows int`);
  return () => value;
}

function constantValue(node: NumberNode): unknown {
  const { text, complex, float, signed } = node;
  if (complex !== undefined) return complexValue(complex);
  const isHexInteger = /^0[xX]/.test(text) && text.length > 2 && !/[pP]/.test(text);
  if (float !== undefined && !isHexInteger && !text.startsWith("'") && /[.eEpP]/.test(text)) return float;
  if (signed === undefined) return undefined;
  const exact = Number(signed);
  return Number.isSafeInteger(exact) ? int(exact) : goInt('int', signed);
}

/** A complex128: it can be printed and nothing else. */
function complexValue({ real, imaginary }: { readonly real: number; readonly imaginary: number }): GoStruct {
  const sign = imaginary < 0 || Object.is(imaginary, -0) ? '' : '+';
  const text = `(${formatFloat(real, 'g', -1, 64)}${sign}${formatFloat(imaginary, 'g', -1, 64)}i)`;
  return new GoStruct({
    goType: 'complex128',
    isPointer: false,
    fields: new Map(),
    methods: new Map(),
    text: () => text,
  });
}
