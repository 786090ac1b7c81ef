import { apiVersionOfMapping, type ResourceMapping } from './cluster.ts';
import { type JsonObject, listAt, objectOf, textAt } from './json-object.ts';
import type { KubeRequest, KubeTransport } from './kube-transport.ts';

export type ListRequest = (extra: Readonly<Record<string, string>>, next?: string) => KubeRequest;

/** All pages of a list as one; its items, which come without kind and apiVersion, have both. */
export async function listAllPages(
  transport: KubeTransport,
  request: ListRequest,
  mapping: ResourceMapping,
): Promise<JsonObject & { readonly items: readonly JsonObject[] }> {
  const pages: JsonObject[] = [];
  let next: string | undefined;
  do {
    const page = await transport.json(request({ limit: '500' }, next));
    pages.push(page);
    next = textAt(page, 'metadata', 'continue') || undefined;
  } while (next !== undefined);
  const head = { apiVersion: apiVersionOfMapping(mapping), kind: mapping.kind };
  const items = pages.flatMap((page) =>
    listAt(page, 'items').map((item) => ({ ...head, ...objectOf(item) })),
  );
  const resourceVersion = textAt(pages[0], 'metadata', 'resourceVersion');
  return { ...pages[0], metadata: { resourceVersion }, items };
}
