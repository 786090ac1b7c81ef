import { Dict } from '@flotilla/gocompat';
import type { TemplateCall } from '@flotilla/gotemplate';
import type { LogSink } from '../chart/log-record.ts';

/**
 * Answers `lookup`: an object, a list (empty `name`), or an empty table for what does not exist. May throw a GoError, which
 * ends the render, or a Suspension.
 */
export type Lookup = (apiVersion: string, kind: string, namespace: string, name: string) => Dict;

/** What belongs to one render rather than to the compiled templates; functions find it on the running execution. */
export interface RenderContext {
  /** Undefined without a cluster: everything looked up is an empty table. */
  readonly lookup: Lookup | undefined;
  /** `--enable-dns`: `getHostByName` really asks. */
  readonly enableDns: boolean;
  /** `required` and `fail` only log, as in `helm lint`. */
  readonly isLint: boolean;
  readonly log: LogSink;
}

/** The context of the execution a function was called from. */
export function contextOf(call: TemplateCall): RenderContext {
  return call.context as RenderContext;
}

/** What `lookup` gives without a cluster. */
export function emptyLookup(): Dict {
  return new Dict();
}
