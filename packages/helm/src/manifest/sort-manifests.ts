/**
 * From rendered files to what is installed: documents split, told apart into manifests and hooks, ordered by kind.
 * Comes in: file texts by path. Goes out: manifests and hooks, or a GoError that names the file.
 */
import {
  atoi,
  baseNameOf,
  isBlank,
  orElse,
  quote,
  sortStrings,
  trimSpace,
  wrapGoError,
} from '@flotilla/gocompat';
import type { HelmCompat } from '../chart/helm-compat.ts';
import { discardLog, type LogSink, logRecord, slogRecord } from '../chart/log-record.ts';
import { type KindOrder, sortByKind } from './kind-order.ts';
import type { Hook, HookEvent, Manifest, ManifestHead, RenderedFiles } from './manifest.ts';
import { parseManifestHead } from './manifest-head.ts';
import { quickManifestHead } from './quick-head.ts';
import { splitManifests } from './split-manifests.ts';

export interface SortOptions {
  readonly order?: KindOrder;
  readonly compat?: HelmCompat;
  readonly log?: LogSink;
}

export interface SortedManifests {
  readonly manifests: readonly Manifest[];
  readonly hooks: readonly Hook[];
}

const events: ReadonlyMap<string, HookEvent> = new Map<string, HookEvent>([
  ['pre-install', 'pre-install'],
  ['post-install', 'post-install'],
  ['pre-delete', 'pre-delete'],
  ['post-delete', 'post-delete'],
  ['pre-upgrade', 'pre-upgrade'],
  ['post-upgrade', 'post-upgrade'],
  ['pre-rollback', 'pre-rollback'],
  ['post-rollback', 'post-rollback'],
  ['test', 'test'],
  ['test-success', 'test'],
]);

/**
 * Splits and sorts (Helm 4.3.1 `SortManifests`): files by path, documents in file order, then by kind. A document whose
 * hook names an unknown event is dropped. Throws GoError `YAML parse error on PATH: …`.
 */
export function sortManifests(files: RenderedFiles, options: SortOptions = {}): SortedManifests {
  const compat = options.compat ?? 'v4';
  const order = options.order ?? 'install';
  const manifests: Manifest[] = [];
  const hooks: Hook[] = [];
  for (const path of sortStrings([...files.keys()])) {
    const text = files.get(path) ?? '';
    if (baseNameOf(path).startsWith('_') || isBlank(text)) continue;
    for (const content of splitManifests(text, compat)) {
      const head = readHead(content, path, compat);
      const types = head.annotations.get('helm.sh/hook');
      if (types === undefined) manifests.push({ path, kind: head.kind, head, content });
      else hooks.push(...hookOf({ path, content, head }, types, options));
    }
  }
  return { manifests: sortByKind(manifests, order, compat), hooks: sortByKind(hooks, order, compat) };
}

function readHead(content: string, path: string, compat: HelmCompat): ManifestHead {
  try {
    return quickManifestHead(content) ?? parseManifestHead(content, compat);
  } catch (error) {
    throw wrapGoError(`YAML parse error on ${path}: `, error);
  }
}

interface HookDocument {
  readonly path: string;
  readonly content: string;
  readonly head: ManifestHead;
}

/** The hook, or nothing when one of its events is unknown. */
function hookOf({ path, content, head }: HookDocument, types: string, options: SortOptions): readonly Hook[] {
  const known: HookEvent[] = [];
  for (const type of words(types)) {
    const event = events.get(type);
    if (event === undefined) {
      logUnknown(types, options);
      return [];
    }
    known.push(event);
  }
  return [
    {
      name: head.name,
      kind: head.kind,
      path,
      content,
      events: known,
      weight: weightOf(head.annotations.get('helm.sh/hook-weight') ?? ''),
      deletePolicies: policies(head, 'helm.sh/hook-delete-policy'),
      outputLogPolicies: policies(head, 'helm.sh/hook-output-log-policy'),
    },
  ];
}

function logUnknown(types: string, options: SortOptions): void {
  const log = options.log ?? discardLog;
  log(
    options.compat === 'v3'
      ? logRecord(`info: skipping unknown hook: ${quote(types)}`)
      : slogRecord('INFO', 'skipping unknown hooks', [['hookTypes', types]]),
  );
}

function policies(head: ManifestHead, annotation: string): readonly string[] {
  const value = head.annotations.get(annotation);
  return value === undefined ? [] : words(value);
}

function words(list: string): string[] {
  return list.split(',').map((word) => trimSpace(word).toLowerCase());
}

/** Go's `strconv.Atoi`, 0 for anything it refuses. */
function weightOf(text: string): number {
  return orElse(
    () => atoi(text).n,
    () => 0,
  );
}
