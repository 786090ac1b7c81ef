import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { GoTime, type GoZone } from '@flotilla/gocompat';
import type { TemplateHost } from '@flotilla/gotemplate';

/** What templates can reach of this machine: its clock and zone, the given environment, random bytes, host names. */
export function createNodeTemplateHost(environment: Readonly<Record<string, string>>): TemplateHost {
  return {
    now: () => {
      const milliseconds = Date.now();
      const seconds = Math.floor(milliseconds / 1000);
      const nanoseconds = (milliseconds - seconds * 1000) * 1_000_000;
      return new GoTime(seconds, nanoseconds, localZone, Number(process.hrtime.bigint()));
    },
    localZone: () => localZone,
    env: (name) => environment[name],
    randomBytes: (count) => randomBytes(count),
    lookupHost,
  };
}

const localZone: GoZone = {
  name: 'Local',
  at: (unixSeconds) => {
    const date = new Date(unixSeconds * 1000);
    return {
      // `-0` for UTC would print as a negative offset.
      offset: -date.getTimezoneOffset() * 60 || 0,
      get abbreviation() {
        return abbreviationOf(date);
      },
    };
  },
};

let shortNames: Intl.DateTimeFormat | undefined;

/** Only some layouts show it, and finding it out is what a time costs most. */
function abbreviationOf(date: Date): string {
  shortNames ??= new Intl.DateTimeFormat('en-US', { timeZoneName: 'short' });
  return shortNames.formatToParts(date).find(({ type }) => type === 'timeZoneName')?.value ?? '';
}

const lookupScript =
  'require("node:dns").lookup(process.argv[1],{all:true},(e,a)=>process.stdout.write(JSON.stringify(e?[]:a.map((x)=>x.address))))';

/** Node resolves names asynchronously only; templates ask so rarely that a child process may do it. */
function lookupHost(name: string): readonly string[] {
  try {
    const output = execFileSync(process.execPath, ['-e', lookupScript, name], { timeout: 10_000 });
    return JSON.parse(output.toString('utf8')) as readonly string[];
  } catch {
    return [];
  }
}
