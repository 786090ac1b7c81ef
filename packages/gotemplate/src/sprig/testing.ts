/** For the tests of this folder: one template with sprig over a host that always answers the same. */
import { GoTime, utcZone } from '@flotilla/gocompat';
import type { TemplateHost } from '../host.ts';
import { TemplateSet } from '../template-set.ts';
import { sprigFunctions } from './sprig.ts';

/** Noon of 2 January 2024 in UTC; random bytes count up from 0. */
export function frozenHost(): TemplateHost {
  let next = 0;
  return {
    now: () => new GoTime(1_704_196_800, 0, utcZone),
    localZone: () => utcZone,
    env: (name) => (name === 'USER' ? 'ada' : undefined),
    randomBytes: (count) => Uint8Array.from({ length: count }, () => next++ & 0xff),
    lookupHost: (name) => (name === 'db' ? ['10.0.0.7'] : []),
  };
}

/** What `template` prints for `data`; the message of the error when it fails. */
export function render(template: string, data: unknown = null): string {
  const set = new TemplateSet({ functions: sprigFunctions(frozenHost()), missingKey: 'zero' });
  try {
    set.parse('t', template);
    return set.execute('t', data);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
