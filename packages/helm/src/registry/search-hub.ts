/** `helm search hub`: charts that a hub knows. Not its business: repositories that were added. */
import { decodeBytes, GoError, quote } from '@flotilla/gocompat';
import { FetchError } from './fetch-error.ts';
import { joinUrl } from './go-url.ts';
import { defaultUserAgent, type RegistryHost } from './registry-host.ts';

export interface HubChart {
  readonly url: string;
  readonly version: string;
  readonly appVersion: string;
  readonly description: string;
  readonly repositoryUrl: string;
}

const searchPath = 'api/chartsvc/v1/charts/search';
const maximumAnswerBytes = 16 * 1024 * 1024;

/** Asks the hub at `endpoint` (Helm 4.3.1 `search hub`). Rejects with GoError `unable to perform search against …`. */
export async function searchHub(
  keyword: string,
  host: RegistryHost,
  endpoint: string,
): Promise<readonly HubChart[]> {
  try {
    const url = `${joinUrl(endpoint, searchPath)}?q=${encodeURIComponent(keyword).replaceAll('%20', '+')}`;
    const response = await host.http.send({
      url,
      headers: { 'User-Agent': host.userAgent ?? defaultUserAgent },
      maximumBytes: maximumAnswerBytes,
    });
    if (response.status !== 200) throw new FetchError(url, response);
    return chartsIn(response.body, endpoint);
  } catch (error) {
    if (!(error instanceof GoError)) throw error;
    throw new GoError(`unable to perform search against ${quote(endpoint)}`, { cause: error });
  }
}

/** An answer that is no JSON holds nothing. */
function chartsIn(body: Uint8Array, endpoint: string): readonly HubChart[] {
  const answer = orNothing(() => JSON.parse(decodeBytes(body)) as unknown);
  const data = at(answer, 'data');
  if (!Array.isArray(data)) return [];
  return data.map((item: unknown) => {
    const version = at(item, 'relationships', 'latestChartVersion', 'data');
    return {
      url: textAt(item, 'artifactHub', 'packageUrl') || `${endpoint}/charts/${textAt(item, 'id')}`,
      version: textAt(version, 'version'),
      appVersion: textAt(version, 'app_version'),
      description: textAt(item, 'attributes', 'description'),
      repositoryUrl: textAt(item, 'attributes', 'repo', 'url'),
    };
  });
}

function orNothing<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function at(value: unknown, ...path: readonly string[]): unknown {
  let found = value;
  for (const key of path) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = (found as Readonly<Record<string, unknown>>)[key];
  }
  return found;
}

function textAt(value: unknown, ...path: readonly string[]): string {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : '';
}
