import { type DesiredState, nearSelector } from '@flotilla/core';
import type { Settings } from '../settings.ts';

/** What Helmfile 1.8.0 says when a command found nothing to work on. */
export function noMatchText({ selectors, environment }: Settings): string {
  return `err: no releases found that matches specified selector(${selectors.join(', ')}) and environment(${environment}), in any helmfile`;
}

/** A line about selectors that are nearly right, or nothing. */
export function nearMatchText(state: DesiredState): string {
  const near = nearSelector(state);
  return near === undefined ? '' : `  help: ${near}\n`;
}
