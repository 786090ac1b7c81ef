export { builtinFunctions } from './builtins/builtins.ts';
export { TemplateError, type TemplateErrorCode, type TemplateErrorDetails } from './errors.ts';
export type { MissingKey } from './eval/frame.ts';
export { type MethodTable, TemplateLanguage, type TemplateLanguageOptions } from './eval/language.ts';
export { type ParsedTemplates, parseTemplates } from './eval/parsed-templates.ts';
export {
  callFunction,
  type FunctionSpec,
  type FunctionTable,
  type GoParam,
  type GoParamTypes,
  goFunction,
  goMethod,
  mergeFunctions,
  variadicCallFunction,
  variadicFunction,
} from './function-table.ts';
export type { TemplateHost } from './host.ts';
export { OutputMap, type OutputSegment } from './output/output-map.ts';
export { decodeBase64 } from './sprig/base-decoding.ts';
export { deepCopy } from './sprig/deep-copy.ts';
export { sprigFunctions } from './sprig/sprig.ts';
export { Suspension } from './suspension.ts';
export type { TemplateCall } from './template-call.ts';
export {
  type ExecuteOptions,
  type MappedText,
  TemplateSet,
  type TemplateSetOptions,
} from './template-set.ts';
