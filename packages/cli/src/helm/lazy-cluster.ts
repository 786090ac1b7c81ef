import type { Cluster } from '@flotilla/helm';

/** A cluster that is opened by the first call; what opening it fails with is what the call rejects with. */

const ignore = (): void => {};

type Method = Exclude<
  keyof Cluster,
  'context' | 'defaultNamespace' | 'refreshDiscovery' | 'watch' | typeof Symbol.asyncDispose
>;

/** `names` are known without a connection. */
export function lazyCluster(
  open: () => Promise<Cluster>,
  names: Pick<Cluster, 'context' | 'defaultNamespace'>,
): Cluster {
  let opened: Promise<Cluster> | undefined;
  const cluster = (): Promise<Cluster> => {
    opened ??= open();
    return opened;
  };
  const later =
    <Name extends Method>(name: Name) =>
    async (...args: Parameters<Cluster[Name]>): Promise<Awaited<ReturnType<Cluster[Name]>>> => {
      const call = (await cluster())[name] as (...values: typeof args) => ReturnType<Cluster[Name]>;
      return await call.apply(await cluster(), args);
    };
  return {
    ...names,
    version: later('version'),
    apiVersions: later('apiVersions'),
    mapping: later('mapping'),
    patchSchema: later('patchSchema'),
    get: later('get'),
    list: later('list'),
    listObject: later('listObject'),
    table: later('table'),
    listTable: later('listTable'),
    create: later('create'),
    replace: later('replace'),
    patch: later('patch'),
    delete: later('delete'),
    podLogs: later('podLogs'),
    refreshDiscovery: () => void opened?.then((each) => each.refreshDiscovery(), ignore),
    watch: async function* watch(...args) {
      yield* (await cluster()).watch(...args);
    },
    [Symbol.asyncDispose]: () => close(opened),
  };
}

async function close(opened: Promise<Cluster> | undefined): Promise<void> {
  const [result] = await Promise.allSettled([opened]);
  if (result.status === 'fulfilled') await result.value?.[Symbol.asyncDispose]();
}
