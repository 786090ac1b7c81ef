import { sortStrings } from '@flotilla/gocompat';

const suffix = 'NOTES.txt';

export interface SeparatedNotes {
  readonly notes: string;
  /** The rendered files without any notes. */
  readonly files: ReadonlyMap<string, string>;
}

/**
 * Takes the notes out of the rendered files. Those of the chart itself are shown, those of sub-charts too when wanted,
 * in the order of their paths; Helm's own order is random.
 */
export function separateNotes(
  rendered: ReadonlyMap<string, string>,
  options: { readonly chartName: string; readonly includesSubcharts: boolean },
): SeparatedNotes {
  const files = new Map<string, string>();
  const noted = new Map<string, string>();
  for (const [path, text] of rendered) (path.endsWith(suffix) ? noted : files).set(path, text);
  const own = `${options.chartName}/templates/${suffix}`;
  const shown = sortStrings([...noted.keys()]).filter((path) => options.includesSubcharts || path === own);
  let notes = '';
  for (const path of shown) notes += (notes === '' ? '' : '\n') + (noted.get(path) ?? '');
  return { notes, files };
}
