/**
 * TemplateHost: everything impure that templates can reach. Tests and repeated renders freeze it.
 * Any of these may throw a Suspension when the answer is not there yet.
 */
import type { GoTime, GoZone } from '@flotilla/gocompat';

export interface TemplateHost {
  /** The current time in the local zone, with a monotonic reading (`now`). */
  readonly now: () => GoTime;
  /** The zone that Go calls Local. */
  readonly localZone: () => GoZone;
  /** An environment variable; undefined when it is not set. */
  readonly env: (name: string) => string | undefined;
  /** Cryptographically random bytes. */
  readonly randomBytes: (count: number) => Uint8Array;
  /** The addresses of a host name, none when it does not resolve (`getHostByName`). */
  readonly lookupHost: (name: string) => readonly string[];
}
