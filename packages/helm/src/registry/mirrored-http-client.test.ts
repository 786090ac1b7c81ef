import { expect, test } from 'vitest';
import type { HttpClient } from './http-client.ts';
import { mirroredHttpClient } from './mirrored-http-client.ts';

/** Answers every request, saying where it went. */
const client: HttpClient = {
  send: async ({ url }) => ({
    status: 200,
    statusLine: '200 OK',
    headers: new Map(),
    body: Buffer.from(url),
    url,
  }),
};

test.each([
  ['https://charts.example.com/web/index.yaml', 'http://127.0.0.1:8080/web/index.yaml'],
  ['https://charts.example.community/index.yaml', 'https://charts.example.community/index.yaml'],
])('%s is asked for at %s, and answered as itself', async (asked, place) => {
  const mirrors = [{ from: 'https://charts.example.com', to: 'http://127.0.0.1:8080' }];
  const { url, body } = await mirroredHttpClient(client, mirrors).send({ url: asked });
  expect([url, Buffer.from(body).toString()]).toEqual([asked, place]);
});
