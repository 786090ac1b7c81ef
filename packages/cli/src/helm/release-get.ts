import { dict, emitYaml, toGoJson } from '@flotilla/gocompat';
import {
  type ActionContext,
  allValuesOf,
  getRelease,
  metadataText,
  type Release,
  releaseMetadataJson,
  releaseObject,
  statusText,
  storedHooksText,
} from '@flotilla/helm';
import { booleanFlag, type FlagSpec, stringFlag } from '../flags/flag.ts';
import type { HelmCall, HelmCommand, HelmCommands } from './helm-command.ts';
import { outputFlag } from './output-format.ts';
import { revisionFlag } from './release-flags.ts';
import { printAs } from './release-output.ts';
import { withReleases } from './release-session.ts';

import { templateText } from './template-text.ts';

/** `get`: what is stored of a release (Helm 4.3.1). */

interface Found {
  readonly call: HelmCall;
  readonly context: ActionContext;
  readonly release: Release;
}

/** Prints one thing of a release. */
type Printer = (found: Found) => void;

function printAll({ call, context, release }: Found): void {
  const { flags, host } = call;
  const template = flags.string('template');
  const text =
    template === ''
      ? statusText(release, { showsChart: true, computedValues: allValuesOf(context, release) })
      : templateText('_', template, { data: dict([['Release', releaseObject(release, context.zone)]]) });
  host.writeOutput(text);
}

function printNotes({ call, release }: Found): void {
  const { notes } = release.info;
  if (notes !== '') call.host.writeOutput(`NOTES:\n${notes}\n`);
}

function printMetadata({ call, release }: Found): void {
  printAs(call, { table: () => metadataText(release), json: () => releaseMetadataJson(release) });
}

function printValues({ call, context, release }: Found): void {
  const isComputed = call.flags.boolean('all');
  const values = (isComputed ? allValuesOf(context, release) : release.config) ?? null;
  const title = isComputed ? 'COMPUTED VALUES' : 'USER-SUPPLIED VALUES';
  printAs(call, {
    table: () => `${title}:\n${emitYaml(values, { dialect: 'v2' })}`,
    json: () => toGoJson(values),
  });
}

interface GetSpec {
  readonly summary: string;
  readonly flags?: readonly FlagSpec[];
  readonly print: Printer;
}

const things: Readonly<Record<string, GetSpec>> = {
  all: {
    summary: 'Print all that is stored of a release',
    flags: [stringFlag('template', 'a template of the text')],
    print: printAll,
  },
  hooks: {
    summary: 'Print the hooks of a release',
    print: ({ call, release }) => call.host.writeOutput(storedHooksText(release)),
  },
  manifest: {
    summary: 'Print the manifest of a release',
    print: ({ call, release }) => call.host.writeOutput(`${release.manifest}\n`),
  },
  metadata: {
    summary: 'Print what is known about a release',
    flags: [outputFlag],
    print: printMetadata,
  },
  notes: { summary: 'Print the notes of a release', print: printNotes },
  values: {
    summary: 'Print the values of a release',
    flags: [booleanFlag('all', 'the values of the chart, too', { short: 'a' }), outputFlag],
    print: printValues,
  },
};

function getCommand(name: string, { summary, flags = [], print }: GetSpec): HelmCommand {
  return {
    spec: { name, summary, positionals: 'RELEASE_NAME', flags: [revisionFlag, ...flags] },
    minimum: 1,
    maximum: 1,
    run: (call) =>
      withReleases(call, async (context) => {
        const release = await getRelease(context, call.args[0] ?? '', call.flags.integer('revision'));
        print({ call, context, release });
      }),
  };
}

/** By their words. */
export const getCommands: HelmCommands = Object.fromEntries(
  Object.entries(things).map(([name, spec]) => [`get ${name}`, getCommand(name, spec)]),
);
