import type { ReleaseId } from '../desired/desired-state.ts';
import type { ReleaseChoice } from './selection.ts';

/**
 * Adds what chosen releases need, at any depth, whatever its selector or condition says. Where an id has several
 * definitions and none is chosen, an enabled one is taken before a disabled one.
 */
export function includeNeeds(choices: readonly ReleaseChoice[]): readonly ReleaseChoice[] {
  const result = [...choices];
  const places = placesById(choices);
  const queue = choices.filter((choice) => choice.isSelected);
  for (const { release } of queue) {
    for (const need of release.needs) {
      const place = missingPlace(result, places.get(need));
      const choice = place === undefined ? undefined : result[place];
      if (place === undefined || choice === undefined) continue;
      const added: ReleaseChoice = {
        release: choice.release,
        isSelected: true,
        reason: { kind: 'needed', by: release.id },
      };
      result[place] = added;
      queue.push(added);
    }
  }
  return result;
}

function placesById(choices: readonly ReleaseChoice[]): ReadonlyMap<ReleaseId, readonly number[]> {
  const places = new Map<ReleaseId, number[]>();
  choices.forEach(({ release }, index) => {
    const known = places.get(release.id);
    if (known === undefined) places.set(release.id, [index]);
    else known.push(index);
  });
  return places;
}

/** Undefined when the id is unknown or one of its definitions is chosen already. */
function missingPlace(
  choices: readonly ReleaseChoice[],
  places: readonly number[] | undefined,
): number | undefined {
  if (places === undefined || places.some((place) => choices[place]?.isSelected)) return undefined;
  return places.find((place) => choices[place]?.release.isEnabled) ?? places[0];
}
