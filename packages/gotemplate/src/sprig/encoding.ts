/** sprig's encodings: base64, base32, JSON. The decoders of base64 and base32 give their error's text as their result. */
import { Buffer } from 'node:buffer';
import { decodeBytes, encodeText, type GoError, orElse, parseGoJson, toGoJson } from '@flotilla/gocompat';
import { type FunctionSpec, goFunction } from '../function-table.ts';
import { decodeBase32, decodeBase64, encodeBase32 } from './base-decoding.ts';
import { hasRawBytes } from './binary-text.ts';

function encodeBase64(text: string): string {
  if (!hasRawBytes(text)) return Buffer.from(text, 'utf8').toString('base64');
  return Buffer.from(encodeText(text)).toString('base64');
}

function messageOf(error: GoError): string {
  return error.message;
}

function compactJson(value: unknown): string {
  return toGoJson(value);
}

function prettyJson(value: unknown): string {
  return toGoJson(value, { indent: '  ' });
}

function rawJson(value: unknown): string {
  return toGoJson(value, { escapeHtml: false });
}

/** sprig's encoding functions. */
export const encodingFunctions: Readonly<Record<string, FunctionSpec>> = {
  b64enc: goFunction(['string'], encodeBase64),
  b64dec: goFunction(['string'], (text) => orElse(() => decodeBytes(decodeBase64(text)), messageOf)),
  b32enc: goFunction(['string'], (text) => encodeBase32(encodeText(text))),
  b32dec: goFunction(['string'], (text) => orElse(() => decodeBytes(decodeBase32(text)), messageOf)),
  fromJson: goFunction(['string'], (text) =>
    orElse(
      () => parseGoJson(text),
      () => null,
    ),
  ),
  mustFromJson: goFunction(['string'], (text) => parseGoJson(text)),
  toJson: goFunction(['any'], (value) =>
    orElse(
      () => compactJson(value),
      () => '',
    ),
  ),
  mustToJson: goFunction(['any'], compactJson),
  toPrettyJson: goFunction(['any'], (value) =>
    orElse(
      () => prettyJson(value),
      () => '',
    ),
  ),
  mustToPrettyJson: goFunction(['any'], prettyJson),
  toRawJson: goFunction(['any'], rawJson),
  mustToRawJson: goFunction(['any'], rawJson),
};
