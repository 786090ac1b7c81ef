/**
 * An HttpClient behind mirrors (DESIGN D13). Comes in: pairs of URL prefixes. Goes out: a client that asks the mirror in the
 * place of the original, and answers as if the original had.
 */
import { applyMirrors, type Mirror } from '@flotilla/core';
import type { HttpClient } from './http-client.ts';

/** `http` with the URLs of requests rewritten; the same client when there are no mirrors. */
export function mirroredHttpClient<Client extends HttpClient>(
  http: Client,
  mirrors: readonly Mirror[],
): Client {
  if (mirrors.length === 0) return http;
  const back = mirrors.map(({ from, to }) => ({ from: to, to: from }));
  return {
    ...http,
    send: async (request) => {
      const url = applyMirrors(request.url, mirrors);
      const response = await http.send({ ...request, url });
      return url === request.url ? response : { ...response, url: applyMirrors(response.url, back) };
    },
  };
}
