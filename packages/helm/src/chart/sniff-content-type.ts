/** What Go's `http.DetectContentType` says about files that people pass for charts by mistake. */

const signatures: readonly (readonly [prefix: string, type: string])[] = [
  ['%PDF-', 'application/pdf'],
  ['%!PS-Adobe-', 'application/postscript'],
  ['\u0089PNG\r\n\u001a\n', 'image/png'],
  ['\u00ff\u00d8\u00ff', 'image/jpeg'],
  ['GIF87a', 'image/gif'],
  ['GIF89a', 'image/gif'],
  ['PK\u0003\u0004', 'application/zip'],
  ['Rar!\u001a\u0007', 'application/x-rar-compressed'],
  ['\0asm', 'application/wasm'],
  ['\u00ff\u00fe', 'text/plain; charset=utf-16le'],
  ['\u00fe\u00ff', 'text/plain; charset=utf-16be'],
  ['\u00ef\u00bb\u00bf', 'text/plain; charset=utf-8'],
];

const markup =
  /^[\t\n\f\r ]*<(?:!DOCTYPE HTML|HTML|HEAD|SCRIPT|IFRAME|H1|DIV|FONT|TABLE|A|STYLE|TITLE|B|BODY|BR|P|!--)[ >]/i;

/** The type of the first 512 bytes; a shorter file counts as padded with zeros, as Helm's buffer is. */
export function sniffContentType(bytes: Uint8Array): string {
  const head = String.fromCharCode(...bytes.subarray(0, 512)).padEnd(512, '\0');
  for (const [prefix, type] of signatures) if (head.startsWith(prefix)) return type;
  if (markup.test(head)) return 'text/html; charset=utf-8';
  if (/^[\t\n\f\r ]*<\?xml/.test(head)) return 'text/xml; charset=utf-8';
  return /[\0-\x08\x0b\x0e-\x1a\x1c-\x1f]/.test(head)
    ? 'application/octet-stream'
    : 'text/plain; charset=utf-8';
}
