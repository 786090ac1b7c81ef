/**
 * A chart repository on the loopback interface for tests: static files with validators, authentication, redirects and
 * the ways servers misbehave; and the upload interfaces of ChartMuseum, Harbor and Artifactory. Stops with `close`.
 */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ChartServerOptions {
  /** Path (with a slash in front) to content. */
  readonly files?: Record<string, string | Uint8Array>;
  readonly username?: string;
  readonly password?: string;
  /** Path to where it leads. */
  readonly redirects?: Record<string, string>;
  /** Path to statuses that are answered first, one per request. */
  readonly failures?: Record<string, number[]>;
  /** Paths that never answer. */
  readonly stalls?: readonly string[];
  /** Paths whose answer stops in the middle. */
  readonly cuts?: readonly string[];
}

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface TestServer {
  readonly url: string;
  readonly host: string;
  readonly requests: SeenRequest[];
  readonly files: Map<string, Uint8Array>;
  readonly close: () => Promise<void>;
}

export async function startChartServer(options: ChartServerOptions = {}): Promise<TestServer> {
  const files = new Map(
    Object.entries(options.files ?? {}).map(
      ([path, content]) => [path, Buffer.from(content as string)] as const,
    ),
  ) as Map<string, Uint8Array>;
  const failures = new Map(Object.entries(options.failures ?? {}).map(([path, list]) => [path, [...list]]));
  return startServer((request, response) => {
    const path = request.path.split('?')[0] ?? '';
    if (options.stalls?.includes(path) === true) return;
    const failure = failures.get(path)?.shift();
    if (failure !== undefined) {
      answer(response, failure, `failure ${failure}`);
      return;
    }
    if (!isAllowed(request, options)) {
      response.setHeader('WWW-Authenticate', 'Basic realm="charts"');
      answer(response, 401, 'who are you?');
      return;
    }
    const target = options.redirects?.[path];
    if (target !== undefined) {
      response.setHeader('Location', target);
      answer(response, 302, '');
      return;
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') upload(path, request, response, files);
    else serve(files.get(path), request, response, options.cuts?.includes(path) === true);
  }, files);
}

function isAllowed(request: SeenRequest, { username, password }: ChartServerOptions): boolean {
  if (username === undefined) return true;
  const wanted = Buffer.from(`${username}:${password ?? ''}`).toString('base64');
  return request.headers['authorization'] === `Basic ${wanted}`;
}

function serve(
  content: Uint8Array | undefined,
  request: SeenRequest,
  response: ServerResponse,
  isCut: boolean,
): void {
  if (content === undefined) {
    answer(response, 404, 'no such file');
    return;
  }
  const etag = `"${createHash('sha256').update(content).digest('hex').slice(0, 16)}"`;
  response.setHeader('ETag', etag);
  if (request.headers['if-none-match'] === etag) {
    answer(response, 304, '');
    return;
  }
  if (!isCut) {
    answer(response, 200, content);
    return;
  }
  response.writeHead(200, { 'Content-Length': content.length });
  response.write(content.subarray(0, content.length / 2), () => response.destroy());
}

/** PUT stores as it is (Artifactory); POST to `…/charts` takes a form (ChartMuseum, Harbor). */
function upload(
  path: string,
  request: SeenRequest,
  response: ServerResponse,
  files: Map<string, Uint8Array>,
): void {
  if (request.method === 'PUT') {
    const digest = createHash('sha256').update(request.body).digest('hex');
    if (request.headers['x-checksum-sha256'] !== digest) {
      answer(response, 409, 'bad checksum');
      return;
    }
    files.set(path, request.body);
    answer(response, 201, '{}');
    return;
  }
  if (!/^\/api\/(?:[\w-]+\/)*charts$/.test(path)) {
    answer(response, 404, 'no such interface');
    return;
  }
  const boundary = /boundary=(.+)$/.exec(request.headers['content-type'] ?? '')?.[1] ?? '';
  const text = Buffer.from(request.body).toString('latin1');
  for (const part of text.split(`--${boundary}`)) {
    const match = /name="(\w+)"; filename="([^"]+)"\r\n[^\r]*\r\n\r\n([\s\S]*)\r\n$/.exec(part);
    if (match === null) continue;
    const place = `${path}/${match[2]}`;
    if (files.has(place) && !request.path.endsWith('?force')) {
      answer(response, 409, '{"error":"file already exists"}');
      return;
    }
    files.set(place, Buffer.from(match[3] ?? '', 'latin1'));
  }
  answer(response, 201, '{"saved":true}');
}

export function answer(response: ServerResponse, status: number, body: string | Uint8Array): void {
  response.writeHead(status, { 'Content-Length': Buffer.byteLength(body) });
  response.end(body);
}

export async function startServer(
  handle: (request: SeenRequest, response: ServerResponse) => void,
  files = new Map<string, Uint8Array>(),
): Promise<TestServer> {
  const requests: SeenRequest[] = [];
  const server = createServer((incoming, response) => {
    void seen(incoming).then((request) => {
      requests.push(request);
      handle(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `http://${host}`,
    host,
    requests,
    files,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function seen(incoming: IncomingMessage): Promise<SeenRequest> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Uint8Array);
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
  );
  return { method: incoming.method ?? '', path: incoming.url ?? '', headers, body: Buffer.concat(chunks) };
}
