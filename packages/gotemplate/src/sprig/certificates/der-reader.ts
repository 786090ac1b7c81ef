/** Reading ASN.1 DER: elements one after the other. Throws GoError `x509: malformed certificate` for what is none. */
import { GoError } from '@flotilla/gocompat';

export interface DerElement {
  readonly tag: number;
  readonly contents: Uint8Array;
  /** The element with tag and length. */
  readonly whole: Uint8Array;
}

function malformed(): GoError {
  return new GoError('x509: malformed certificate');
}

/** The elements that `bytes` consist of. */
export function readElements(bytes: Uint8Array): readonly DerElement[] {
  const elements: DerElement[] = [];
  let at = 0;
  while (at < bytes.length) {
    const element = readElement(bytes.subarray(at));
    elements.push(element);
    at += element.whole.length;
  }
  return elements;
}

function readElement(bytes: Uint8Array): DerElement {
  const [tag, first] = bytes;
  if (tag === undefined || first === undefined) throw malformed();
  const lengthSize = first < 0x80 ? 0 : first & 0x7f;
  let length = lengthSize === 0 ? first : 0;
  for (const byte of bytes.subarray(2, 2 + lengthSize)) length = length * 256 + byte;
  const start = 2 + lengthSize;
  if (lengthSize > 4 || start + length > bytes.length) throw malformed();
  return { tag, contents: bytes.subarray(start, start + length), whole: bytes.subarray(0, start + length) };
}

/** The element at `index`. */
export function elementAt(elements: readonly DerElement[], index: number): DerElement {
  const found = elements[index];
  if (found === undefined) throw malformed();
  return found;
}
