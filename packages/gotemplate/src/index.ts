export { TemplateError, type TemplateErrorCode, type TemplateErrorDetails } from './errors.ts';
export {
  callFunction,
  type FunctionSpec,
  type FunctionTable,
  type GoParam,
  type GoParamTypes,
  goFunction,
  mergeFunctions,
  variadicCallFunction,
  variadicFunction,
} from './function-table.ts';
export type { TemplateHost } from './host.ts';
export { Suspension } from './suspension.ts';
export type { TemplateCall } from './template-call.ts';
