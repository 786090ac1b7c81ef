/** What a folded run of line breaks becomes: one break is a space, n breaks are n-1; LS and PS stay. */
export function foldBreaks(breaks: string): string {
  if (breaks === '\n') return ' ';
  return breaks.charCodeAt(0) === 0x0a ? breaks.slice(1) : breaks;
}
