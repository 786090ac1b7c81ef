/**
 * Deleting the objects of a release: those it may keep stay, and so do those that belong to somebody else by now (Helm
 * 4.3.1; Helm 3 asks nobody). Comes in: an operation. Goes out: what was deleted and what was left, and why.
 */
import { GoError } from '@flotilla/gocompat';
import type { HelmCompat } from '../chart/helm-compat.ts';
import { joinErrors } from '../cluster/apply/by-kind.ts';
import { deleteResources } from '../cluster/apply/delete-resources.ts';
import type { ObjectRef } from '../cluster/cluster.ts';
import { buildResources, type Resource } from '../cluster/resource.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { sortManifests } from '../manifest/sort-manifests.ts';
import type { Release } from '../release/release.ts';
import { type ActionContext, logLine } from './action-context.ts';
import type { Operation } from './operation.ts';
import { liveObjects, ownershipProblem } from './ownership.ts';

export interface Deletion {
  readonly kept: readonly Manifest[];
  readonly owned: readonly Resource[];
  readonly notOwned: readonly Resource[];
  readonly unverified: readonly { readonly resource: Resource; readonly error: GoError }[];
}

const propagations = { background: 'Background', foreground: 'Foreground', orphan: 'Orphan' } as const;

/** Rejects with the joined GoErrors of what could not be deleted. */
export async function deleteOwned(
  operation: Operation,
  cascade: keyof typeof propagations,
): Promise<Deletion> {
  const { context, release } = operation;
  const deletion = await planDeletion(context, release);
  warn(context, release, deletion);
  if (deletion.owned.length === 0) return deletion;
  const { cluster, signal } = context;
  const errors = await deleteResources(cluster, deletion.owned, {
    propagation: propagations[cascade],
    signal,
  });
  if (errors.length > 0) throw joinErrors(errors, '\n');
  return deletion;
}

async function planDeletion(context: ActionContext, release: Release): Promise<Deletion> {
  const { kept, remaining } = sortedForDeletion(release, context.compat);
  const { cluster, signal, compat } = context;
  const text = remaining.map((each) => `\n---\n${each.content}`).join('');
  const resources = await buildResources(cluster, text, { namespace: release.namespace, signal });
  const nobody = { kept, owned: resources, notOwned: [], unverified: [] };
  return compat === 'v3' ? nobody : { ...nobody, ...(await judge(context, release, resources)) };
}

function sortedForDeletion(
  release: Release,
  compat: HelmCompat,
): { readonly kept: readonly Manifest[]; readonly remaining: readonly Manifest[] } {
  const files = new Map([['manifest', release.manifest]]);
  const { manifests } = sortManifests(files, { order: 'uninstall', compat });
  const policy = ({ head }: Manifest): string | undefined => head.annotations.get('helm.sh/resource-policy');
  return {
    kept: manifests.filter((each) => policy(each)?.trim().toLowerCase() === 'keep'),
    // A policy that is not "keep" leaves the object out of both, as in Helm.
    remaining: manifests.filter((each) => policy(each) === undefined),
  };
}

async function judge(
  { cluster, signal }: ActionContext,
  release: Release,
  resources: readonly Resource[],
): Promise<Omit<Deletion, 'kept'>> {
  const live = await liveObjects(cluster, resources, signal);
  const owned: Resource[] = [];
  const notOwned: Resource[] = [];
  const unverified: { resource: Resource; error: GoError }[] = [];
  for (const [index, resource] of resources.entries()) {
    const object = live[index];
    if (object === undefined) continue;
    if (object instanceof GoError) unverified.push({ resource, error: object });
    else if (ownershipProblem(object, release) === undefined) owned.push(resource);
    else notOwned.push(resource);
  }
  return { owned, notOwned, unverified };
}

type Attributes = readonly (readonly [string, string])[];

function attributesOf({ mapping, name, namespace }: ObjectRef, more: Attributes = []): Attributes {
  return [['kind', mapping.kind], ['name', name], ['namespace', namespace], ...more];
}

function warn(context: ActionContext, { name }: Release, { notOwned, unverified }: Deletion): void {
  const release = ['release', name] as const;
  for (const { ref } of notOwned) {
    const message = 'skipping delete of resource not owned by this release';
    logLine(context, 'WARN', message, attributesOf(ref, [release]));
  }
  for (const { resource, error } of unverified) {
    const message = 'skipping delete of resource because ownership could not be verified';
    logLine(context, 'WARN', message, attributesOf(resource.ref, [release, ['error', error.message]]));
  }
}

/** What people are told of objects that stay: up to three blocks. */
export function keptText({ kept, notOwned, unverified }: Deletion): string {
  const blocks = [
    keptBlock(kept),
    block(
      notOwned.map(({ ref }) => `[${ref.mapping.kind}] ${ref.name}`),
      'they are not owned by this release',
    ),
    block(
      unverified.map(({ resource: { ref }, error }) => `[${ref.mapping.kind}] ${ref.name}: ${error.message}`),
      'their ownership could not be verified',
    ),
  ];
  return blocks.filter((text) => text !== '').join('\n');
}

function keptBlock(kept: readonly Manifest[]): string {
  if (kept.length === 0) return '';
  const lines = kept.map(({ head }) => `[${head.kind}] ${head.name}\n`).join('');
  return `These resources were kept due to the resource policy:\n${lines}`;
}

function block(lines: readonly string[], reason: string): string {
  if (lines.length === 0) return '';
  return `${lines.length} resource(s) were not deleted because ${reason}:\n${lines.map((line) => `${line}\n`).join('')}`;
}

/** `--dry-run`: the kept list; the log says what would stay and what would go. Problems are passed over. */
export async function previewDeletion(context: ActionContext, release: Release): Promise<string> {
  let deletion: Deletion;
  try {
    deletion = await planDeletion(context, release);
  } catch (error) {
    context.signal.throwIfAborted();
    if (!(error instanceof GoError)) throw error;
    return keptBlock(sortedForDeletion(release, context.compat).kept);
  }
  logPreview(context, release, deletion);
  return keptBlock(deletion.kept);
}

function logPreview(
  context: ActionContext,
  release: Release,
  { owned, notOwned, unverified }: Deletion,
): void {
  const unknown = unverified.map(({ resource, error }) =>
    attributesOf(resource.ref, [['error', error.message]]),
  );
  const groups: readonly PreviewGroup[] = [
    {
      level: 'WARN',
      fate: 'skipped because they are not owned by this release',
      step: 'skip resource',
      items: notOwned.map(({ ref }) => attributesOf(ref)),
    },
    {
      level: 'WARN',
      fate: 'skipped because their ownership could not be verified',
      step: 'skip resource (ownership could not be verified)',
      items: unknown,
    },
    {
      level: 'DEBUG',
      fate: 'deleted',
      step: 'delete resource',
      items: owned.map(({ ref }) => attributesOf(ref)),
    },
  ];
  for (const { level, fate, step, items } of groups.filter((group) => group.items.length > 0)) {
    const counted = [
      ['release', release.name],
      ['count', String(items.length)],
    ] as const;
    logLine(context, level, `dry-run: resources would be ${fate}`, counted);
    for (const attributes of items) logLine(context, level, `dry-run: would ${step}`, attributes);
  }
}

interface PreviewGroup {
  readonly level: 'WARN' | 'DEBUG';
  readonly fate: string;
  readonly step: string;
  readonly items: readonly Attributes[];
}
