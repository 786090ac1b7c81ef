import { toGoJson } from '@flotilla/gocompat';
import { type ListRequest, listedRelease, listJson, listReleases, listTable } from '@flotilla/helm';
import { booleanFlag, integerFlag, stringFlag } from '../flags/flag.ts';
import type { HelmCall, HelmCommand } from './helm-command.ts';
import { outputFlag } from './output-format.ts';
import { printAs } from './release-output.ts';
import { withReleases } from './release-session.ts';

/** `list`: the latest revision of every release (Helm 4.3.1). */

const statuses = ['deployed', 'failed', 'pending', 'superseded', 'uninstalled', 'uninstalling'] as const;

async function run(call: HelmCall): Promise<void> {
  const { flags } = call;
  const allNamespaces = flags.boolean('all-namespaces');
  await withReleases(
    call,
    async (context) => {
      const releases = await listReleases(context, requestOf(call));
      if (flags.boolean('short')) {
        printNames(
          call,
          releases.map(({ name }) => name),
        );
        return;
      }
      const rows = releases.map((each) => listedRelease(each, context.zone, flags.string('time-format')));
      printAs(call, {
        table: () => listTable(rows, flags.boolean('no-headers')),
        json: () => listJson(rows),
      });
    },
    { allNamespaces },
  );
}

function requestOf({ flags }: HelmCall): ListRequest {
  return {
    statuses: statuses.filter((status) => flags.boolean(status)),
    filter: flags.string('filter'),
    selector: flags.string('selector'),
    sortBy: flags.boolean('date') ? 'date' : 'name',
    isReversed: flags.boolean('reverse'),
    maximum: flags.integer('max'),
    offset: flags.integer('offset'),
  };
}

function printNames(call: HelmCall, names: readonly string[]): void {
  printAs(call, {
    table: () => names.map((name) => `${name}\n`).join(''),
    json: () => toGoJson(names),
  });
}

export const listCommand: HelmCommand = {
  spec: {
    name: 'list',
    aliases: ['ls'],
    summary: 'List releases',
    flags: [
      booleanFlag('all-namespaces', 'of all namespaces', { short: 'A' }),
      booleanFlag('short', 'names alone', { short: 'q' }),
      booleanFlag('no-headers', 'no titles above the table'),
      stringFlag('time-format', 'how Go would lay out times'),
      booleanFlag('date', 'sort by time', { short: 'd' }),
      booleanFlag('reverse', 'sort the other way round', { short: 'r' }),
      ...statuses.map((status) => booleanFlag(status, `those that are ${status}`)),
      integerFlag('max', 'how many', { short: 'm', defaultValue: 256 }),
      integerFlag('offset', 'how many to leave out first'),
      stringFlag('filter', 'a regular expression of names', { short: 'f' }),
      stringFlag('selector', 'labels of the record: a=b,c!=d', { short: 'l' }),
      outputFlag,
    ],
  },
  minimum: 0,
  maximum: 0,
  run,
};
