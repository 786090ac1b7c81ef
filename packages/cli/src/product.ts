import manifest from '../package.json' with { type: 'json' };

/** Flotilla's own version. */
export const productVersion: string = manifest.version;

/** The Helmfile whose files, flags and output we follow; `requiredVersion` checks and lock files use it. */
export const helmfileVersion = '1.8.0';
