// Stand-in for node-fetch inside the bundle: the Kubernetes client knows its Headers only. Node has them, and loads its whole
// fetch when they are first named.
export class Headers {
  constructor(...given) {
    // biome-ignore lint/correctness/noConstructorReturn: the class is a name for another one
    return new globalThis.Headers(...given);
  }
}
