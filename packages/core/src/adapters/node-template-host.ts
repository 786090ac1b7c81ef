import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { GoTime, type GoZone, localZone } from '@flotilla/gocompat';
import type { TemplateHost } from '@flotilla/gotemplate';

/** What templates can reach of this machine: its clock and zone, the given environment, random bytes, host names. */
export function createNodeTemplateHost(environment: Readonly<Record<string, string>>): TemplateHost {
  return {
    now: () => {
      const milliseconds = Date.now();
      const seconds = Math.floor(milliseconds / 1000);
      const nanoseconds = (milliseconds - seconds * 1000) * 1_000_000;
      return new GoTime(seconds, nanoseconds, lazyZone, Number(process.hrtime.bigint()));
    },
    localZone: () => lazyZone,
    env: (name) => environment[name],
    randomBytes: (count) => randomBytes(count),
    lookupHost,
  };
}

let machineZone: GoZone | undefined;

/** Read when the first time is shown: most runs show none. */
function readZone(): GoZone {
  machineZone ??= localZone(zoneName());
  return machineZone;
}

/** Node knows no zone when TZ is empty, which Go takes for UTC. */
function zoneName(): string {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  return timeZone === 'Etc/Unknown' ? 'UTC' : timeZone;
}

const lazyZone: GoZone = {
  name: 'Local',
  at: (unixSeconds) => readZone().at(unixSeconds),
  get named() {
    return readZone().named ?? [];
  },
};

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
