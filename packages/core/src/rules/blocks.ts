import type { HookSpec, ReleaseSpec } from '../spec/release-spec.ts';
import type { StateSpec } from '../spec/state-spec.ts';

/** A release or release template, with the words that messages use for it. */
export interface NamedRelease {
  readonly release: ReleaseSpec;
  readonly label: string;
}

/** Releases, then release templates. */
export function releasesOf(spec: StateSpec): readonly NamedRelease[] {
  const releases = (spec.releases ?? []).map((release) => ({
    release,
    label: `release "${release.name ?? ''}"`,
  }));
  const templates = Object.entries(spec.templates ?? {});
  return [
    ...releases,
    ...templates.map(([name, release]) => ({ release, label: `release template "${name}"` })),
  ];
}

/** All hooks: those of the file, then those of releases and templates. */
export function hooksOf(spec: StateSpec): readonly HookSpec[] {
  return [...(spec.hooks ?? []), ...releasesOf(spec).flatMap(({ release }) => release.hooks ?? [])];
}

/** A hook in messages: by name, else by command. */
export function hookLabel(hook: HookSpec): string {
  const name = hook.name ?? hook.command ?? '';
  return name === '' ? 'the hook' : `hook "${name}"`;
}

/** True for text that the release pass has yet to render. */
export function isTemplate(text: string): boolean {
  return text.includes('{{');
}
