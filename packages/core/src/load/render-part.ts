/**
 * A part of a state file as YAML text. In: the part, the dialect of its file, the environment so far. Out: the text YAML reads
 * and the way back to what people edit. Deals with engines and with the two passes of classic files.
 * Not its business: decoding, merging.
 */
import { type Diagnosed, lineStartsOf, positionIn, type Source, source, span } from '@flotilla/diagnostics';
import type { ResolvedEnvironment } from '../desired/desired-state.ts';
import { mergedValues } from '../environment/state-values.ts';
import type { Dialect } from '../source/detect-dialect.ts';
import type { StatePart } from '../source/split-parts.ts';
import type { BaseDirectory } from '../template-context/render-context.ts';
import { environmentData } from '../template-context/template-data.ts';
import { isRenderError, templateDiagnostic } from '../template-context/template-diagnostic.ts';
import { type Translate, writtenIn } from '../yaml/yaml-documents.ts';
import type { LoadServices } from './load-services.ts';

export interface PartRequest {
  readonly part: StatePart;
  readonly dialect: Dialect;
  /** What `.Values` and `.Environment` are. */
  readonly environment: ResolvedEnvironment;
  readonly base: BaseDirectory;
  /** The state file, as messages print it. */
  readonly fileName: string;
}

export interface RenderedPart {
  readonly text: string;
  readonly translate: Translate;
}

/** Renders a part for good; a part that is not a template passes through. */
export async function renderPart(
  { part, dialect, environment, base, fileName }: PartRequest,
  services: LoadServices,
): Promise<Diagnosed<RenderedPart>> {
  const written = part.source;
  if (dialect.engine === 'none') {
    return { value: { text: written.text, translate: writtenIn(written) }, diagnostics: [] };
  }
  try {
    const { text, map } = await services.renderer.renderMapped({
      source: written,
      data: dataOf(environment, services),
      base,
      scope: written.name,
      allowsDefaults: dialect.name === 'classic',
      engine: dialect.engine,
    });
    const translate: Translate =
      dialect.engine === 'eta'
        ? translateByLine(written, text)
        : (start, end) => map.spanOf(start, end) ?? span(written, 0);
    return { value: { text, translate }, diagnostics: [] };
  } catch (error) {
    if (!isRenderError(error)) throw error;
    const wrap = (text: string): string => `error during ${fileName}.part.${part.index} parsing: ${text}`;
    return { value: undefined, diagnostics: [templateDiagnostic(error, wrap, span(written, 0))] };
  }
}

/** For renders without a map: line to line where the numbers of lines agree, else the start of the part. */
function translateByLine(written: Source, text: string): Translate {
  const rendered = source(written.name, text);
  const [from, to] = [lineStartsOf(rendered), lineStartsOf(written)];
  if (from.length !== to.length) return () => span(written, 0);
  return (start) => {
    const { line } = positionIn(rendered, start);
    return span(written, to[line - 1] ?? 0, (to[line] ?? written.text.length + 1) - 1);
  };
}

/** The first pass over a classic part: what is missing prints nothing and effects do not happen. Undefined when it fails. */
export async function renderLeniently(
  { part, environment, base }: PartRequest,
  services: LoadServices,
): Promise<string | undefined> {
  try {
    return await services.renderer.render({
      source: part.source,
      data: dataOf(environment, services),
      base,
      scope: `${part.source.name} (first pass)`,
      isLenient: true,
    });
  } catch (error) {
    if (isRenderError(error)) return undefined;
    throw error;
  }
}

function dataOf(
  environment: ResolvedEnvironment,
  services: LoadServices,
): ReturnType<typeof environmentData> {
  return environmentData(environment, mergedValues(environment), services.options.namespace ?? '');
}
