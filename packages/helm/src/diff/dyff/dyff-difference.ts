import { type DyffEntry, type DyffNode, fieldValue, rawText } from './dyff-node.ts';

/** What dyff reports: where something differs and how. */

export type DyffDetail =
  | { readonly kind: 'removed'; readonly what: DyffGroup }
  | { readonly kind: 'added'; readonly what: DyffGroup }
  | { readonly kind: 'modified'; readonly from: DyffNode; readonly to: DyffNode }
  | { readonly kind: 'reordered'; readonly from: readonly DyffNode[]; readonly to: readonly DyffNode[] };

/** What was added or removed together. */
export type DyffGroup =
  | { readonly kind: 'documents'; readonly node: DyffNode }
  | { readonly kind: 'entries'; readonly entries: readonly DyffEntry[] }
  | { readonly kind: 'items'; readonly items: readonly DyffNode[] };

export interface DyffPath {
  /** Name of the document; undefined for the whole file. */
  readonly document: string | undefined;
  readonly elements: readonly string[];
}

export interface DyffDifference {
  readonly path: DyffPath;
  readonly details: readonly DyffDetail[];
}

/** The path one step further down. */
export function childPath(path: DyffPath, element: string): DyffPath {
  return { ...path, elements: [...path.elements, element] };
}

/** Names Kubernetes objects; undefined for anything else. */
export function resourceName(node: DyffNode): string | undefined {
  const metadata = fieldValue(node, 'metadata');
  const parts = [
    fieldValue(node, 'apiVersion'),
    fieldValue(node, 'kind'),
    metadata && fieldValue(metadata, 'name'),
  ];
  const [apiVersion, kind, name] = parts;
  if (apiVersion === undefined || kind === undefined || name === undefined) return undefined;
  const namespace = metadata && fieldValue(metadata, 'namespace');
  const texts = [apiVersion, kind, ...(namespace === undefined ? [] : [namespace]), name];
  return texts.map(rawText).join('/');
}
