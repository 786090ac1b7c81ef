export * from './desired/desired-state.ts';
export * from './events/event-log.ts';
export * from './events/events.ts';
export * from './flotilla.ts';
export { loadDesiredState } from './load/load-desired-state.ts';
export type * from './load/load-options.ts';
export type { LoadPorts } from './load/load-services.ts';
export * from './merge/decode-part.ts';
export * from './merge/inherit-from-parent.ts';
export { lostReleaseSettings, lostSettings } from './merge/lost-settings.ts';
export { mergeDocuments, mergeLayers, mergeParts, mergeReleases } from './merge/merge-specs.ts';
export { type ArrayStrategy, deepMerge, overrideMerge } from './merge/merge-values.ts';
export * from './plan/release-plan.ts';
export * from './ports/approval.ts';
export { classifyFailure } from './ports/classify-failure.ts';
export * from './ports/clock.ts';
export * from './ports/executor.ts';
export * from './ports/fetcher.ts';
export * from './ports/files.ts';
export * from './ports/interruption.ts';
export * from './ports/live-states.ts';
export * from './ports/manifest-differ.ts';
export * from './ports/ports.ts';
export * from './ports/processes.ts';
export * from './ports/secret-resolver.ts';
export * from './prepare/command-options.ts';
export type { CommandControl, ExecutorSettings, FlotillaOptions } from './prepare/create-session.ts';
export * from './prepare/mirrors.ts';
export { once } from './prepare/once.ts';
export * from './report/failure-dump.ts';
export * from './report/run-report.ts';
export * from './report/state-document.ts';
export { checkSpec } from './rules/check-spec.ts';
export type { CommandRequest } from './run/run-command.ts';
export type { FileVisit, ReadingCommand } from './run/visit-files.ts';
export { nearSelector } from './select/near-selector.ts';
export * from './select/needs-rules.ts';
export { releaseGraph, releaseGroups } from './select/release-graph.ts';
export * from './select/selection.ts';
export { matchesSelector, parseSelector, type Selector, type SelectorTerm } from './select/selector.ts';
export { checkPolicy } from './source/check-policy.ts';
export {
  type Dialect,
  type DialectName,
  type DialectOptions,
  detectDialect,
} from './source/detect-dialect.ts';
export {
  type FindOptions,
  type FoundBy,
  findStateFiles,
  type StateFileLocation,
} from './source/find-state-files.ts';
export { readSource } from './source/read-source.ts';
export { type StatePart, splitParts } from './source/split-parts.ts';
export * from './spec/release-spec.ts';
export { type JsonSchema, stateSchema } from './spec/state-schema.ts';
export * from './spec/state-spec.ts';
export type { Capability } from './template-context/render-context.ts';
export { keySpanOf, spanOf } from './yaml/provenance.ts';
export type { Translate } from './yaml/yaml-documents.ts';
