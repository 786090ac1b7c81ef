export * from './code-frame.ts';
export * from './diagnostic.ts';
export * from './internal-error.ts';
export * from './position.ts';
export * from './secret.ts';
export * from './source.ts';
export * from './span.ts';
export * from './suggest.ts';
