/** Flotilla's own version; a test holds it to package.json. */
export const productVersion = '0.1.0';

/** The Helmfile whose files, flags and output we follow; `requiredVersion` checks and lock files use it. */
export const helmfileVersion = '1.8.0';
