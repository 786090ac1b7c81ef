/** Which Helm the native engine answers as: 4.3.1, or 3.22.0 where the two differ. */
export type HelmCompat = 'v4' | 'v3';
