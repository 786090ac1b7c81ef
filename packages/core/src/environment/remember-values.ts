import { type Source, source } from '@flotilla/diagnostics';
import { Dict } from '@flotilla/gocompat';
import { NodePlace } from '../yaml/node-place.ts';
import { keySpanOf, type PathSegment, type Place, rememberPlace, spanOf } from '../yaml/provenance.ts';
import { readDocuments, type Translate } from '../yaml/yaml-documents.ts';

/** The place at `path` below something decoded. */
export function placeBelow(owner: object, ...path: readonly PathSegment[]): Place {
  return {
    span: () => spanOf(owner, ...path),
    child: (segment) => placeBelow(owner, ...path, segment),
    keySpan: (segment) => keySpanOf(owner, ...path, segment),
  };
}

/** A place that is looked for when somebody asks. */
function lazyPlace(find: () => Place | undefined): Place {
  return {
    span: () => find()?.span(),
    child: (segment) => find()?.child(segment),
    keySpan: (segment) => find()?.keySpan(segment),
  };
}

/** Remembers where a map of values and the maps in it were written, at the cost of one entry for each map. */
export function rememberValues(values: Dict, place: Place): Dict {
  rememberPlace(values, place);
  for (const key in values) {
    const value = values[key];
    if (value instanceof Dict)
      rememberValues(
        value,
        lazyPlace(() => place.child(key)),
      );
  }
  return values;
}

/** The same for the first document of a values file; its tree is read when a place in it is asked for. */
export function rememberFileValues(values: Dict, text: Source | string, translate: Translate): Dict {
  let root: Place | undefined;
  const read = (): Place | undefined => {
    const yaml = typeof text === 'string' ? source('values', text) : text;
    const [document] = readDocuments(yaml, translate).documents;
    return document === undefined ? undefined : new NodePlace(document.root, document);
  };
  return rememberValues(
    values,
    lazyPlace(() => {
      root ??= read();
      return root;
    }),
  );
}
