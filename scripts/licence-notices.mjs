// The licences of what a bundle contains, as one text: those licences ask that their notices travel with the code.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const packagePath = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/;

function noticeOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e(?:\.|$)/i.test(entry));
  const text = file === undefined ? '' : `\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
  return `${name} ${version} (${license})\n${text}`;
}

/** From esbuild's metafile, whose paths count from `root`: name, version and licence text of every package in the bundle. */
export function licenceNotices(root, metafile) {
  const inputs = Object.values(metafile.outputs).flatMap((output) => Object.keys(output.inputs));
  const folders = new Set(inputs.flatMap((path) => packagePath.exec(path)?.[0] ?? []));
  return [...folders]
    .sort()
    .map((folder) => noticeOf(join(root, folder)))
    .join(`\n${'-'.repeat(80)}\n\n`);
}
