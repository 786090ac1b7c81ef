import type { ManifestDiffInput } from '@flotilla/core';
import { compareStrings } from '@flotilla/gocompat';
import { nameOf } from '../cluster/json-object.ts';
import { liveText } from './live-text.ts';
import { ManifestError, type ManifestObject, manifestReader } from './manifest-objects.ts';

/** Objects that get another owner, as helm-diff 3.15.11 reports them under `--take-ownership`. */

export interface Ownership {
  readonly key: string;
  /** `namespace/release` that owned the object. */
  readonly before: string;
  readonly after: string;
  /** The live object, which stands for the old side. */
  readonly object: ManifestObject;
}

/** One for each foreign object, sorted by key. Throws {@link ManifestError} for test hooks that are left out, as there. */
export function ownershipChanges(
  { foreign = [], namespace, releaseName }: ManifestDiffInput,
  includeTests: boolean,
): readonly Ownership[] {
  const read = manifestReader({ namespace, includeTests, normalize: true });
  const changes = foreign.map(({ owner, object }) => {
    const [found] = read(liveText(object, 'float64')).values();
    if (found === undefined) throw unreadable(nameOf(object));
    const content = found.content.replace(/\n$/, '');
    const after = `${namespace}/${releaseName}`;
    return { key: found.key, before: owner, after, object: { ...found, content } };
  });
  return changes.sort((left, right) => compareStrings(left.key, right.key));
}

function unreadable(name: string): ManifestError {
  return new ManifestError(`failed to parse content of Kubernetes resource ${name}`);
}
