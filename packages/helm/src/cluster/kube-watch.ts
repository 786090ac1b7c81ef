/**
 * Following objects: a list, then changes, without end. Comes in: a transport and the list request. Goes out: watch
 * events. Lost connections resume at the last version seen; expired versions start over and tell what vanished.
 */
import { apiVersionOfMapping, type ResourceMapping, type WatchEvent } from './cluster.ts';
import { ClusterError, hasReason, statusError } from './cluster-error.ts';
import { type JsonObject, listAt, nameOf, namespaceOf, objectOf, textAt } from './json-object.ts';
import { type KubeRequest, type KubeTransport, parseAnswer } from './kube-transport.ts';
import { fateOf, isGone, pause, retryDelay } from './retry.ts';

/** Short, for a connection that died in silence tells nothing until it is given up; the server ends it first. */
const watchSeconds = 30;
const idleTimeout = (watchSeconds + 10) * 1000;
/** Between watches that end without a word. */
const restMilliseconds = 500;

type MakeRequest = (query: Readonly<Record<string, string>>) => KubeRequest;

export async function* watchObjects(
  transport: KubeTransport,
  request: MakeRequest,
  mapping: ResourceMapping,
): AsyncGenerator<WatchEvent, void, void> {
  const following = new Following(transport, request, mapping);
  for (;;) {
    yield* following.snapshot();
    yield* following.changes();
  }
}

class Following {
  readonly #transport: KubeTransport;
  readonly #request: MakeRequest;
  readonly #kind: JsonObject;
  readonly #known = new Map<string, JsonObject>();
  #version = '';
  #isSynced = false;

  constructor(transport: KubeTransport, request: MakeRequest, mapping: ResourceMapping) {
    this.#transport = transport;
    this.#request = request;
    this.#kind = { apiVersion: apiVersionOfMapping(mapping), kind: mapping.kind };
  }

  async *snapshot(): AsyncGenerator<WatchEvent, void, void> {
    const list = await this.#transport.json(this.#request({}));
    this.#version = textAt(list, 'metadata', 'resourceVersion');
    const vanished = new Map(this.#known);
    for (const item of listAt(list, 'items')) {
      const object = this.#complete(item);
      vanished.delete(keyOf(object));
      this.#known.set(keyOf(object), object);
      yield { type: 'changed', object };
    }
    for (const [key, object] of vanished) {
      this.#known.delete(key);
      yield { type: 'deleted', object };
    }
    if (!this.#isSynced) yield { type: 'synced' };
    this.#isSynced = true;
  }

  /** Until the server has forgotten the version we are at. */
  async *changes(): AsyncGenerator<WatchEvent, void, void> {
    for (let failures = 0; ; ) {
      const request = { ...this.#request(this.#watchQuery()), verb: 'watch', idleTimeout };
      const started = performance.now();
      try {
        for await (const line of this.#transport.lines(request)) {
          failures = 0;
          yield* this.#read(line);
        }
        if (performance.now() - started < restMilliseconds) await pause(restMilliseconds, request.signal);
      } catch (error) {
        if (hasReason(error, 'Expired')) return;
        failures += 1;
        if (!(error instanceof ClusterError) || failures > 5 || !isPassing(error)) throw error;
        await pause(retryDelay(error, failures), request.signal);
      }
    }
  }

  #watchQuery(): Readonly<Record<string, string>> {
    return {
      watch: 'true',
      allowWatchBookmarks: 'true',
      resourceVersion: this.#version,
      timeoutSeconds: String(watchSeconds),
    };
  }

  *#read(line: string): Generator<WatchEvent, void, void> {
    const event = parseAnswer(line, { verb: 'watch', resource: String(this.#kind['kind']) });
    const type = textAt(event, 'type');
    const object = this.#complete(objectOf(event)?.['object']);
    if (type === 'ERROR')
      throw statusError(object, 0, { verb: 'watch', resource: String(this.#kind['kind']) });
    this.#version = textAt(object, 'metadata', 'resourceVersion') || this.#version;
    if (type === 'BOOKMARK') return;
    if (type === 'DELETED') this.#known.delete(keyOf(object));
    else this.#known.set(keyOf(object), object);
    yield { type: type === 'DELETED' ? 'deleted' : 'changed', object };
  }

  #complete(item: unknown): JsonObject {
    return { ...this.#kind, ...objectOf(item) };
  }
}

/** Opening was repeated by the transport already; what breaks later is taken up where it was. */
function isPassing(error: ClusterError): boolean {
  return fateOf(error) !== 'final' || isGone(error);
}

function keyOf(object: JsonObject): string {
  return `${namespaceOf(object)}/${nameOf(object)}`;
}
