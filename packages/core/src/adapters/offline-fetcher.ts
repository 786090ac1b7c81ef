import { FetchError, type Fetcher } from '../ports/fetcher.ts';

/** A fetcher that fetches nothing: it says which kind of remote source was asked for. */
export function createOfflineFetcher(): Fetcher {
  return {
    fetch: async ({ url }) => {
      const kind = /^([a-z0-9+.-]+)(?:::|:\/\/)/i.exec(url)?.[1] ?? 'remote';
      throw new FetchError('unsupported', url, `fetching "${kind}" sources is not supported yet`);
    },
  };
}
