export * from './adapters/helm-cli/helm-cli-executor.ts';
export * from './adapters/node-clock.ts';
export * from './adapters/node-files.ts';
export * from './adapters/node-processes.ts';
export * from './adapters/node-template-host.ts';
export * from './adapters/offline-fetcher.ts';
export * from './adapters/sops-secret-resolver.ts';
export * from './adapters/unattended-approval.ts';
