declare module 'toposort' {
  interface Toposort {
    /** Sorts `nodes` so that the first of each edge comes before the second; throws on a cycle or an unknown node. */
    array<T>(nodes: readonly T[], edges: readonly (readonly [T, T])[]): T[];
  }
  const toposort: Toposort;
  export = toposort;
}
