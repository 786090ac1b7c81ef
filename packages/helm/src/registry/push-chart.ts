/**
 * Publishing an archive: to a registry (`helm push`), and over the HTTP interfaces of chart servers: ChartMuseum
 * (`POST /api/charts`), Harbor (`POST /api/chartrepo/PROJECT/charts`), Artifactory (`PUT`).
 */
import { basename } from 'node:path';
import { cleanPath, GoError, quote } from '@flotilla/gocompat';
import { loadChart } from '../chart/load-chart.ts';
import { sha256 } from './content-cache.ts';
import { formatUrl, isOci, joinUrl, parseUrl } from './go-url.ts';
import { basicAuthorization, type HttpRequest, type HttpResponse } from './http-client.ts';
import { type PushedChart, pushOciChart } from './oci-charts.ts';
import { OciSession } from './oci-session.ts';
import { defaultUserAgent, type Print, type RegistryHost } from './registry-host.ts';
import { type ChartPlaceOptions, ociOptions } from './resolve-chart.ts';

export interface PushChartOptions
  extends Pick<ChartPlaceOptions, 'username' | 'password' | 'tls' | 'plainHttp' | 'timeoutMs' | 'signal'> {
  readonly print?: Print;
}

/** Pushes the archive at `path`, and the `.prov` file beside it, to `oci://…` (Helm 4.3.1 `push`). */
export async function pushChart(
  path: string,
  remote: string,
  host: RegistryHost,
  options: PushChartOptions = {},
): Promise<PushedChart> {
  const url = parseUrl(remote);
  if (url === undefined) throw new GoError(`invalid chart URL format: ${remote}`);
  if (url.scheme === '') throw new GoError('scheme prefix missing from remote (e.g. "oci://")');
  if (!isOci(remote)) throw new GoError(`scheme ${quote(url.scheme)} not supported`);
  const archive = readArchive(path, host);
  const { metadata } = loadChart({ kind: 'archive', name: path, bytes: archive.bytes }, { log: host.log });
  const place = cleanPath(`${remote.slice('oci://'.length)}/${metadata.name}`);
  return pushOciChart(archive.bytes, `${place}:${metadata.version}`, {
    session: new OciSession(host, ociOptions(options)),
    provenance: archive.provenance,
    created: localTime(archive.seconds),
    ...(options.print === undefined ? {} : { print: options.print }),
  });
}

/** RFC 3339 with the offset of this machine. */
function localTime(seconds: number): string {
  const offset = -new Date(seconds * 1000).getTimezoneOffset();
  const shifted = new Date((seconds + offset * 60) * 1000).toISOString().slice(0, 19);
  if (offset === 0) return `${shifted}Z`;
  const minutes = Math.abs(offset);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${shifted}${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

interface Archive {
  readonly bytes: Uint8Array;
  readonly provenance: Uint8Array | undefined;
  readonly seconds: number;
}

function readArchive(path: string, host: RegistryHost): Archive {
  const entry = host.files.stat(path);
  if (entry === undefined) throw new GoError(`${path}: no such file`);
  if (entry.kind === 'directory') {
    throw new GoError('cannot push directory, must provide chart archive (.tgz)');
  }
  const provenance = `${path}.prov`;
  return {
    bytes: host.files.read(path),
    provenance: host.files.stat(provenance) === undefined ? undefined : host.files.read(provenance),
    seconds: entry.modTime.seconds,
  };
}

/** How a chart server takes uploads. */
export type ChartServer = 'chartmuseum' | 'harbor' | 'artifactory';

export interface UploadOptions extends PushChartOptions {
  readonly server: ChartServer;
  /** Replace a version that is there already (ChartMuseum's `?force`). */
  readonly force?: boolean;
  /** Instead of a user and password. */
  readonly bearerToken?: string;
}

/**
 * Uploads the archive at `path`, and its `.prov` file, to a chart server. `url` is the repository's: for Harbor
 * `https://host/chartrepo/PROJECT`. Rejects with GoError that names the answer.
 */
export async function uploadChart(
  path: string,
  url: string,
  host: RegistryHost,
  options: UploadOptions,
): Promise<void> {
  const { bytes, provenance } = readArchive(path, host);
  loadChart({ kind: 'archive', name: path, bytes }, { log: host.log });
  const files = [{ field: 'chart', name: basename(path), bytes }];
  if (provenance !== undefined) {
    files.push({ field: 'prov', name: `${basename(path)}.prov`, bytes: provenance });
  }
  const requests =
    options.server === 'artifactory'
      ? files.map((file) => artifactoryUpload(url, file))
      : [formUpload(uploadUrl(url, options), files, host)];
  for (const request of requests) {
    const response = await host.http.send({
      ...request,
      headers: {
        'User-Agent': host.userAgent ?? defaultUserAgent,
        ...authorization(options),
        ...request.headers,
      },
      ...(options.tls === undefined ? {} : { tls: options.tls }),
      ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }),
      signal: options.signal,
    });
    if (response.status < 200 || response.status > 299) throw refused(request, response);
  }
}

function authorization({ bearerToken, username, password }: UploadOptions): Record<string, string> {
  if (bearerToken !== undefined) return { Authorization: `Bearer ${bearerToken}` };
  return basicAuthorization(username, password);
}

interface UploadFile {
  readonly field: string;
  readonly name: string;
  readonly bytes: Uint8Array;
}

function uploadUrl(url: string, { server, force }: UploadOptions): string {
  const parsed = parseUrl(url);
  if (parsed === undefined || parsed.host === '') throw new GoError(`invalid chart URL format: ${url}`);
  const path = parsed.path.replace(/\/+$/, '');
  const api =
    server === 'harbor' ? path.replace(/^(?:\/api)?\/chartrepo\//, '/api/chartrepo/') : apiPath(path);
  return formatUrl({ ...parsed, path: `${api}/charts`, query: force === true ? 'force' : undefined });
}

/** ChartMuseum serves `/org/repo` of its tenants and takes their charts at `/api/org/repo/charts`. */
function apiPath(path: string): string {
  return path.startsWith('/api') ? path : `/api${path}`;
}

function artifactoryUpload(url: string, file: UploadFile): HttpRequest {
  return {
    method: 'PUT',
    url: joinUrl(url, file.name),
    headers: { 'Content-Type': 'application/octet-stream', 'X-Checksum-Sha256': sha256(file.bytes) },
    body: file.bytes,
  };
}

function formUpload(url: string, files: readonly UploadFile[], host: RegistryHost): HttpRequest {
  const boundary = `flotilla-${Buffer.from(host.randomBytes(16)).toString('hex')}`;
  const parts = files.flatMap(({ field, name, bytes }) => [
    Buffer.from(
      `--${boundary}\r\nContent-Disposition: form-data; name="${field}"; filename="${name.replaceAll('"', '%22')}"\r\nContent-Type: application/octet-stream\r\n\r\n`,
      'utf8',
    ),
    bytes,
    Buffer.from('\r\n', 'latin1'),
  ]);
  return {
    method: 'POST',
    url,
    headers: { 'Content-Type': `multipart/form-data; boundary=${boundary}` },
    body: Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`, 'latin1')]),
  };
}

function refused(request: HttpRequest, response: HttpResponse): GoError {
  const said = Buffer.from(response.body.subarray(0, 500)).toString('utf8').trim();
  return new GoError(
    `failed to upload to ${request.url} : ${response.statusLine}${said === '' ? '' : `: ${said}`}`,
  );
}
