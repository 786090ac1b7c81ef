/** Keys that take one of a few words: the shapes, the rules and what reads the values go by these lists. */

export const missingFileHandlers = ['Error', 'Warn', 'Info', 'Debug'] as const;
export const mergeStrategies = ['override', 'fallback'] as const;
export const cascades = ['background', 'foreground', 'orphan'] as const;
export const serverSides = ['true', 'false', 'auto'] as const;
export const trackModes = ['helm', 'helm-legacy', 'kubedog'] as const;

export const hookEvents = [
  'prepare',
  'preapply',
  'presync',
  'preuninstall',
  'postuninstall',
  'postsync',
  'cleanup',
] as const;

export type MergeStrategy = (typeof mergeStrategies)[number];
export type HookEvent = (typeof hookEvents)[number];

/** True for a word of a list. */
export function isOneOf<T extends string>(words: readonly T[], word: string): word is T {
  return (words as readonly string[]).includes(word);
}
