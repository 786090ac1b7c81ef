export * from './adapters/helm-cli/helm-cli-executor.ts';
export * from './adapters/node-clock.ts';
export * from './adapters/node-files.ts';
export * from './adapters/node-processes.ts';
