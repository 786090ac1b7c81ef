import type { LegacyKey } from './field.ts';

const noTiller = 'Remove it: helm has no Tiller since version 3.';

/** Helm 2 keys of releases and `helmDefaults`, as helmfiles of the 0.x years still have them. */
export const legacyHelmKeys: Readonly<Record<string, LegacyKey>> = {
  tillerNamespace: { deprecation: noTiller },
  tillerless: { deprecation: noTiller },
  tls: { deprecation: noTiller },
  tlsCACert: { deprecation: noTiller },
  tlsCert: { deprecation: noTiller },
  tlsKey: { deprecation: noTiller },
};

export const noRecreatePods = 'Remove it: helm has no --recreate-pods since version 3.';
export const noWaitRetries = 'Remove it: it has no effect.';
