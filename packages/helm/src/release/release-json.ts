import { fromJs, toGoJson } from '@flotilla/gocompat';
import type { JsonObject } from '../cluster/json-object.ts';
import { dependencyText, recordedDependencies, recordedMap, recordedText } from './chart-record.ts';
import { member, objectText } from './go-struct-json.ts';
import type { Release } from './release.ts';
import { releaseText } from './release-codec.ts';
import { appVersionLabel, chartLabel, deployedAt, type ListedRelease } from './release-text.ts';

/** What Helm 4.3.1 prints about releases with `--output json`, without the line end. Pure: releases in, JSON out. */

/** `install`, `upgrade`, and `status` with the live objects. */
export function releaseJson(
  release: Release,
  resources: ReadonlyMap<string, readonly JsonObject[]> = new Map(),
): string {
  const live = resources.size === 0 ? '' : toGoJson(fromJs(Object.fromEntries(resources), 'int'));
  return releaseText(release, 'v4', live);
}

/** `list`. */
export function listJson(releases: readonly ListedRelease[]): string {
  return listOf(releases.map((each) => objectText(Object.entries(each).map(textMember))));
}

/** `history`. */
export function historyJson(releases: readonly Release[]): string {
  return listOf(releases.map(historyEntry));
}

function historyEntry(release: Release): string {
  const { lastDeployed, status, rollbackRevision, description } = release.info;
  return objectText([
    member('revision', String(release.version)),
    optionalMember('updated', lastDeployed),
    textMember(['status', status]),
    textMember(['chart', chartLabel(release)]),
    textMember(['app_version', appVersionLabel(release)]),
    rollbackRevision === 0 ? '' : member('rollback_revision', String(rollbackRevision)),
    textMember(['description', description]),
  ]);
}

/** `get metadata`. */
export function releaseMetadataJson(release: Release): string {
  const { chart } = release;
  const dependencies = recordedDependencies(chart).map(dependencyText);
  return objectText([
    textMember(['name', release.name]),
    textMember(['chart', recordedText(chart, 'name')]),
    textMember(['version', recordedText(chart, 'version')]),
    textMember(['appVersion', recordedText(chart, 'appVersion')]),
    mapMember('annotations', recordedMap(chart, 'annotations')),
    mapMember('labels', release.labels),
    dependencies.length === 0 ? '' : member('dependencies', listOf(dependencies)),
    textMember(['namespace', release.namespace]),
    member('revision', String(release.version)),
    textMember(['status', release.info.status]),
    textMember(['deployedAt', deployedAt(release)]),
    optionalMember('applyMethod', release.applyMethod),
  ]);
}

function listOf(texts: readonly string[]): string {
  return `[${texts.join(',')}]`;
}

function textMember([name, text]: readonly [name: string, text: string]): string {
  return member(name, toGoJson(text));
}

function optionalMember(name: string, text: string): string {
  return text === '' ? '' : textMember([name, text]);
}

function mapMember(name: string, texts: Readonly<Record<string, string>>): string {
  return Object.keys(texts).length === 0 ? '' : member(name, toGoJson(fromJs(texts)));
}
