/**
 * One repository of a registry: manifests, blobs, tags, over the distribution API. Comes in: a session and a reference.
 * Goes out: verified bytes. Not its business: what is in them.
 */
import { createHash } from 'node:crypto';
import { GoError, wrapGoError } from '@flotilla/gocompat';
import type { HttpResponse } from './http-client.ts';
import { formatOciReference, type OciReference, registryUrl } from './oci-reference.ts';
import type { OciRequest, OciSession } from './oci-session.ts';
import { RegistryResponseError } from './oci-token.ts';

export interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
}

export interface OciContent extends Descriptor {
  readonly bytes: Uint8Array;
}

export const imageManifestType = 'application/vnd.oci.image.manifest.v1+json';
export const imageIndexType = 'application/vnd.oci.image.index.v1+json';
const manifestTypes = [
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  imageIndexType,
  imageManifestType,
  'application/vnd.oci.artifact.manifest.v1+json',
].join(', ');

/** As much as oras reads of a manifest. */
const maximumManifestBytes = 4 * 1024 * 1024;
const maximumBlobBytes = 512 * 1024 * 1024;
const maximumTagPages = 1000;

/** `sha256:` and the hex digest of bytes. */
export function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

export class OciRepository {
  readonly #session: OciSession;
  readonly #reference: OciReference;
  readonly #base: string;
  readonly #scope: string;

  constructor(session: OciSession, reference: OciReference, actions: 'pull' | 'pull,push' = 'pull') {
    this.#session = session;
    this.#reference = reference;
    const root = registryUrl(reference.registry, session.options.plainHttp === true);
    this.#base = `${root}/v2/${reference.repository}`;
    this.#scope = `repository:${reference.repository}:${actions}`;
  }

  /** The manifest of a tag or digest. Rejects with `REFERENCE: not found` when there is none. */
  async manifest(tagOrDigest: string): Promise<OciContent> {
    const response = await this.#send({
      url: `${this.#base}/manifests/${tagOrDigest}`,
      headers: { Accept: manifestTypes },
      maximumBytes: maximumManifestBytes,
    });
    if (response.status === 404) {
      throw new GoError(`${formatOciReference(this.#named(tagOrDigest))}: not found`);
    }
    if (response.status !== 200) throw new RegistryResponseError('GET', response);
    const content = contentOf(response);
    const expected = tagOrDigest.includes(':') ? tagOrDigest : response.headers.get('docker-content-digest');
    if (expected?.startsWith('sha256:') === true && expected !== content.digest) {
      throw new GoError('mismatched digest');
    }
    return content;
  }

  #named(tagOrDigest: string): OciReference {
    const isDigest = tagOrDigest.includes(':');
    return { ...this.#reference, tag: isDigest ? '' : tagOrDigest, digest: isDigest ? tagOrDigest : '' };
  }

  /** The content of a blob; its size and digest must be the descriptor's. */
  async blob(descriptor: Descriptor): Promise<Uint8Array> {
    if (descriptor.size < 0 || descriptor.size > maximumBlobBytes)
      throw new GoError('invalid descriptor size');
    const response = await this.#send({
      url: `${this.#base}/blobs/${descriptor.digest}`,
      maximumBytes: descriptor.size,
    });
    if (response.status === 404) throw new GoError(`${descriptor.digest}: not found`);
    if (response.status !== 200) throw new RegistryResponseError('GET', response);
    if (response.body.length !== descriptor.size) throw new GoError('unexpected EOF');
    if (digestOf(response.body) !== descriptor.digest) throw new GoError('mismatched digest');
    return response.body;
  }

  /** All tags, as the registry names them. */
  async tags(): Promise<readonly string[]> {
    const tags: string[] = [];
    let url: string | undefined = `${this.#base}/tags/list`;
    for (let page = 0; url !== undefined && page < maximumTagPages; page += 1) {
      const response = await this.#send({ url });
      if (response.status !== 200) throw new RegistryResponseError('GET', response);
      tags.push(...tagsIn(response.body));
      url = nextPage(response.headers.get('link'), url);
    }
    return tags;
  }

  /** Whether the registry has it already. */
  async has(kind: 'blobs' | 'manifests', digest: string): Promise<boolean> {
    return onDestination('Exists', async () => {
      const headers = kind === 'manifests' ? { Accept: imageManifestType } : {};
      const response = await this.#send({ method: 'HEAD', url: `${this.#base}/${kind}/${digest}`, headers });
      if (response.status === 200) return true;
      if (response.status === 404) return false;
      throw new RegistryResponseError('HEAD', response);
    });
  }

  /** Uploads a blob in one piece, unless the registry has it. */
  async pushBlob(bytes: Uint8Array): Promise<void> {
    const digest = digestOf(bytes);
    if (await this.has('blobs', digest)) return;
    await onDestination('Push', () => this.#upload(bytes, digest));
  }

  async #upload(bytes: Uint8Array, digest: string): Promise<void> {
    const started = await this.#send({
      method: 'POST',
      url: `${this.#base}/blobs/uploads/`,
      body: new Uint8Array(),
    });
    if (started.status !== 202) throw new RegistryResponseError('POST', started);
    const location = new URL(started.headers.get('location') ?? '', started.url);
    location.searchParams.set('digest', digest);
    if (location.origin !== new URL(this.#base).origin) {
      throw new GoError(`invalid upload location "${location.href}": not the same origin as "${this.#base}"`);
    }
    const done = await this.#send({
      method: 'PUT',
      url: location.href,
      headers: { 'Content-Type': 'application/octet-stream' },
      body: bytes,
    });
    if (done.status !== 201) throw new RegistryResponseError('PUT', done);
  }

  /** Stores a manifest under a tag and gives its digest. */
  async pushManifest(tag: string, bytes: Uint8Array): Promise<string> {
    return onDestination('PushReference', async () => {
      const response = await this.#send({
        method: 'PUT',
        url: `${this.#base}/manifests/${tag}`,
        headers: { 'Content-Type': imageManifestType },
        body: bytes,
      });
      if (response.status !== 201) throw new RegistryResponseError('PUT', response);
      return digestOf(bytes);
    });
  }

  #send(request: Omit<OciRequest, 'registry' | 'scope'>): Promise<HttpResponse> {
    return this.#session.send({ ...request, registry: this.#reference.registry, scope: this.#scope });
  }
}

/** Errors of copying to a registry, in oras' words. */
async function onDestination<T>(operation: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    throw wrapGoError(`failed to perform "${operation}" on destination: `, error);
  }
}

function contentOf(response: HttpResponse): OciContent {
  const mediaType = (response.headers.get('content-type') ?? '').split(';', 1)[0]?.trim() ?? '';
  return { mediaType, digest: digestOf(response.body), size: response.body.length, bytes: response.body };
}

function tagsIn(body: Uint8Array): readonly string[] {
  try {
    const { tags } = JSON.parse(Buffer.from(body).toString('utf8')) as { readonly tags?: unknown };
    return Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : [];
  } catch {
    throw new GoError('failed to decode response: invalid character in tags list');
  }
}

/** The next page of a listing; it must be on the host that was asked. */
function nextPage(link: string | undefined, current: string): string | undefined {
  const target = /^\s*<([^>]*)>/.exec(link ?? '')?.[1];
  if (target === undefined) return undefined;
  const next = new URL(target, current);
  if (next.origin !== new URL(current).origin) {
    throw new GoError(`invalid next link "${next.href}": not the same origin as "${current}"`);
  }
  return next.href;
}
