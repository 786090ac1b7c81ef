/**
 * A small registry on the loopback interface for tests: the distribution API's blobs, uploads, manifests and tags, with
 * basic or token authentication. Keeps everything in memory. Stops with `close`.
 */
import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { answer, type SeenRequest, startServer, type TestServer } from './chart-server.ts';

export interface OciRegistryOptions {
  readonly username?: string;
  readonly password?: string;
  /** `token` sends clients to `/token` first, as Docker Hub, GHCR and Harbor do. */
  readonly authentication?: 'none' | 'basic' | 'token';
  /** Tags per page of a listing. */
  readonly pageSize?: number;
  /** Where the next page of a listing is said to be, instead of here. */
  readonly nextPage?: string;
  /** Blobs come with these bytes instead of their own. */
  readonly corruptBlobs?: boolean;
}

export interface TestRegistry extends TestServer {
  /** Scopes that tokens were asked for. */
  readonly scopes: string[];
  /** `NAME:REFERENCE` to manifest. */
  readonly manifests: Map<string, Uint8Array>;
}

const manifestType = 'application/vnd.oci.image.manifest.v1+json';

export async function startOciRegistry(options: OciRegistryOptions = {}): Promise<TestRegistry> {
  const blobs = new Map<string, Uint8Array>();
  const manifests = new Map<string, Uint8Array>();
  const scopes: string[] = [];
  const state = { blobs, manifests, scopes, options };
  const server = await startServer((request, response) => {
    const url = new URL(request.path, 'http://registry');
    if (url.pathname === '/token') {
      giveToken(request, url, response, state);
      return;
    }
    if (!isAllowed(request, options)) {
      challenge(request, url, response, options);
      return;
    }
    if (url.pathname === '/v2/') {
      answer(response, 200, '{}');
      return;
    }
    const match = /^\/v2\/(.+?)\/(blobs\/uploads|blobs|manifests|tags)\/(.*)$/.exec(url.pathname);
    if (match === null) {
      fail(response, 404, 'NAME_UNKNOWN', 'no such place');
      return;
    }
    const [, name = '', kind = '', reference = ''] = match;
    route(kind, { name, reference, url, request, response, state });
  });
  return { ...server, scopes, manifests };
}

interface State {
  readonly blobs: Map<string, Uint8Array>;
  readonly manifests: Map<string, Uint8Array>;
  readonly scopes: string[];
  readonly options: OciRegistryOptions;
}

interface Call {
  readonly name: string;
  readonly reference: string;
  readonly url: URL;
  readonly request: SeenRequest;
  readonly response: ServerResponse;
  readonly state: State;
}

function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

function basic({ username, password }: OciRegistryOptions): string {
  return `Basic ${Buffer.from(`${username ?? ''}:${password ?? ''}`).toString('base64')}`;
}

function isAllowed(request: SeenRequest, options: OciRegistryOptions): boolean {
  const given = request.headers['authorization'];
  switch (options.authentication ?? 'none') {
    case 'none':
      return true;
    case 'basic':
      return given === basic(options);
    case 'token':
      return given?.startsWith('Bearer token-for:') === true && isInScope(given, request);
  }
}

function isInScope(authorization: string, request: SeenRequest): boolean {
  const name = /^\/v2\/(.+?)\/(?:blobs|manifests|tags)\//.exec(request.path)?.[1];
  if (name === undefined) return true;
  const action = request.method === 'GET' || request.method === 'HEAD' ? 'pull' : 'push';
  return authorization.includes(`repository:${name}:`) && authorization.includes(action);
}

function challenge(
  request: SeenRequest,
  url: URL,
  response: ServerResponse,
  options: OciRegistryOptions,
): void {
  const name = /^\/v2\/(.+?)\/(?:blobs|manifests|tags)\//.exec(url.pathname)?.[1];
  const scope = name === undefined ? '' : `,scope="repository:${name}:pull"`;
  const realm = `http://${request.headers['host'] ?? ''}/token`;
  response.setHeader(
    'WWW-Authenticate',
    options.authentication === 'token'
      ? `Bearer realm="${realm}",service="test registry"${scope}`
      : 'Basic realm="registry"',
  );
  fail(response, 401, 'UNAUTHORIZED', 'authentication required');
}

function giveToken(
  request: SeenRequest,
  url: URL,
  response: ServerResponse,
  { options, scopes }: State,
): void {
  if (request.method === 'POST') {
    answer(response, 404, '');
    return;
  }
  if (options.username !== undefined && request.headers['authorization'] !== basic(options)) {
    fail(response, 401, 'UNAUTHORIZED', 'wrong password');
    return;
  }
  const scope = url.searchParams.getAll('scope').join(' ');
  scopes.push(scope);
  answer(response, 200, JSON.stringify({ token: `token-for:${scope}` }));
}

function fail(response: ServerResponse, status: number, code: string, message: string): void {
  response.setHeader('Content-Type', 'application/json');
  answer(response, status, JSON.stringify({ errors: [{ code, message }] }));
}

function route(kind: string, call: Call): void {
  switch (kind) {
    case 'blobs/uploads':
      uploadBlob(call);
      return;
    case 'blobs':
      serveBlob(call);
      return;
    case 'manifests':
      if (call.request.method === 'PUT') putManifest(call);
      else serveManifest(call);
      return;
    default:
      listTags(call);
      return;
  }
}

function uploadBlob({ name, url, request, response, state }: Call): void {
  if (request.method === 'POST') {
    response.setHeader('Location', `/v2/${name}/blobs/uploads/1?state=x`);
    answer(response, 202, '');
    return;
  }
  const digest = url.searchParams.get('digest') ?? '';
  if (digestOf(request.body) !== digest) {
    fail(response, 400, 'DIGEST_INVALID', 'digest differs');
    return;
  }
  state.blobs.set(digest, request.body);
  answer(response, 201, '');
}

function serveBlob({ reference, request, response, state }: Call): void {
  const blob = state.blobs.get(reference);
  if (blob === undefined) {
    fail(response, 404, 'BLOB_UNKNOWN', 'blob unknown');
    return;
  }
  if (request.method === 'HEAD') {
    answer(response, 200, '');
    return;
  }
  answer(response, 200, state.options.corruptBlobs === true ? Buffer.alloc(blob.length, 120) : blob);
}

function putManifest({ name, reference, request, response, state }: Call): void {
  state.manifests.set(`${name}:${reference}`, request.body);
  state.manifests.set(`${name}:${digestOf(request.body)}`, request.body);
  answer(response, 201, '');
}

function serveManifest({ name, reference, response, state }: Call): void {
  const manifest = state.manifests.get(`${name}:${reference}`);
  if (manifest === undefined) {
    fail(response, 404, 'MANIFEST_UNKNOWN', 'manifest unknown');
    return;
  }
  response.setHeader('Content-Type', manifestType);
  response.setHeader('Docker-Content-Digest', digestOf(manifest));
  answer(response, 200, manifest);
}

function listTags({ name, url, request, response, state }: Call): void {
  const tags = [...state.manifests.keys()]
    .filter((key) => key.startsWith(`${name}:`) && !key.includes('sha256:'))
    .map((key) => key.slice(name.length + 1))
    .sort();
  if (tags.length === 0) {
    fail(response, 404, 'NAME_UNKNOWN', 'repository name not known to registry');
    return;
  }
  const last = url.searchParams.get('last');
  const start = last === null ? 0 : tags.indexOf(last) + 1;
  const page = tags.slice(start, start + (state.options.pageSize ?? 100));
  const isLast = start + page.length >= tags.length;
  if (!isLast) {
    const here = `/v2/${name}/tags/list?last=${page.at(-1) ?? ''}`;
    response.setHeader('Link', `<${state.options.nextPage ?? here}>; rel="next"`);
  }
  void request;
  answer(response, 200, JSON.stringify({ name, tags: page }));
}
