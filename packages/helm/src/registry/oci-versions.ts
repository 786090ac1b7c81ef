/** Which tag of a registry's repository a chart reference and a version mean. */
import {
  formatVersion,
  GoError,
  orElse,
  parseConstraint,
  parseStrictVersion,
  satisfiesConstraint,
} from '@flotilla/gocompat';
import { compareDescendingVersions, versionOf } from './chart-index.ts';
import { type OciReference, parseOciReference } from './oci-reference.ts';
import { OciRepository } from './oci-repository.ts';
import type { OciSession } from './oci-session.ts';

/** Versions a repository has, newest first: tags that are strict versions, `_` read as `+`. */
export async function ociTags(reference: string, session: OciSession): Promise<readonly string[]> {
  const tags = await new OciRepository(session, parseOciReference(reference)).tags();
  const versions = tags.flatMap((tag) => strictVersion(tag.replaceAll('_', '+')));
  return versions.sort(compareDescendingVersions).map(formatVersion);
}

function strictVersion(text: string): ReturnType<typeof parseStrictVersion>[] {
  return orElse(
    () => [parseStrictVersion(text)],
    () => [],
  );
}

/** The first of `tags` that is the version, or lies within the range; the newest release for the empty text. */
export function matchingTag(tags: readonly string[], version: string): string {
  if (version !== '' && tags.includes(version)) return version;
  const constraint = parseConstraint(version === '' ? '*' : version);
  const found = tags.find((tag) => {
    const candidate = versionOf(tag);
    return candidate !== undefined && satisfiesConstraint(constraint, candidate);
  });
  if (found !== undefined) return found;
  throw new GoError(`could not locate a version matching provided version string ${version}`);
}

export interface ResolvedOciChart {
  /** `host/path:version`, `+` kept, or `host/path@digest`. */
  readonly reference: string;
  /** Digest that was given and checked. */
  readonly digest: string;
  /** What the downloaded file is called. */
  readonly fileName: string;
}

/** Which tag or digest a reference and a version mean (Helm 4.3.1 `ValidateReference`). */
export async function resolveOciChart(
  reference: string,
  version: string,
  session: OciSession,
): Promise<ResolvedOciChart> {
  const parsed = parseOciReference(reference);
  const wanted = version === '' ? parsed.tag : version;
  if (version !== '' && parsed.tag !== '' && parsed.tag !== version) {
    throw new GoError(`chart reference and version mismatch: ${version} is not ${parsed.tag}`);
  }
  const place = `${parsed.registry}/${parsed.repository}`;
  if (parsed.digest !== '') return resolveDigest(parsed, wanted, session);
  let tag = wanted;
  if (versionOf(wanted) === undefined) {
    const tags = await ociTags(reference, session);
    if (tags.length === 0)
      throw new GoError(`unable to locate any tags in provided repository: ${reference}`);
    tag = matchingTag(tags, wanted);
  }
  return { reference: `${place}:${tag}`, digest: '', fileName: archiveName(parsed, tag) };
}

async function resolveDigest(
  parsed: OciReference,
  version: string,
  session: OciSession,
): Promise<ResolvedOciChart> {
  const { digest } = parsed;
  const reference = `${parsed.registry}/${parsed.repository}@${digest}`;
  const name = archiveName(parsed, '').slice(0, -'-.tgz'.length);
  const fileName = `${name}@${digest.replace(':', '-')}.tgz`;
  if (version === '') return { reference, digest: '', fileName };
  const actual = await digestOfTag(parsed, version, session);
  if (actual !== undefined && actual !== digest) {
    throw new GoError(`chart reference digest mismatch: ${actual} is not ${digest}`);
  }
  return { reference, digest: actual === undefined ? '' : digest, fileName };
}

/** A chart given by digest need not be tagged. */
async function digestOfTag(
  parsed: OciReference,
  version: string,
  session: OciSession,
): Promise<string | undefined> {
  try {
    const { digest } = await new OciRepository(session, parsed).manifest(version.replaceAll('+', '_'));
    return digest;
  } catch (error) {
    if (error instanceof GoError) return undefined;
    throw error;
  }
}

function archiveName({ repository }: OciReference, tag: string): string {
  return `${repository.slice(repository.lastIndexOf('/') + 1)}-${tag}.tgz`;
}
