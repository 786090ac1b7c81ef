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
