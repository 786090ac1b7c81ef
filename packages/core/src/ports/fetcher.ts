/** Remote sources: state files, values files and charts behind `git::`, `https://`, `s3::` and other go-getter URLs. */

export interface FetchRequest {
  /** As written in the file. */
  readonly url: string;
  /** Which cache folder it belongs to: `states`, `values`, or the chart path of a release. */
  readonly consumer: string;
}

export type FetchErrorCode = 'unsupported' | 'disabled' | 'not-found' | 'failed';

export class FetchError extends Error {
  readonly code: FetchErrorCode;
  readonly url: string;

  constructor(code: FetchErrorCode, url: string, message: string) {
    super(message);
    this.name = 'FetchError';
    this.code = code;
    this.url = url;
  }
}

export interface Fetcher {
  /** Absolute local paths of what the URL names; more than one for a wildcard. */
  fetch(request: FetchRequest, signal: AbortSignal): Promise<readonly string[]>;
}
