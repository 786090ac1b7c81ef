/** A `time.Time`: an instant with the zone it prints in. Formatting and parsing live in ../time. */

/** A zone: `offset` in seconds east of UTC for an instant, and its abbreviation. */
export interface GoZone {
  /** IANA name, `UTC`, `Local`, or empty for a fixed offset. */
  readonly name: string;
  readonly at: (unixSeconds: number) => ZoneOffset;
  /** Abbreviations that texts of this zone may name, with their offsets. */
  readonly named?: readonly ZoneOffset[];
}

export interface ZoneOffset {
  /** Seconds east of UTC. */
  readonly offset: number;
  readonly abbreviation: string;
}

export class GoTime {
  /** Seconds since 1970-01-01T00:00:00Z; may be negative. */
  readonly seconds: number;
  /** 0 … 999999999. */
  readonly nanoseconds: number;
  readonly zone: GoZone;
  /** Monotonic reading in nanoseconds since process start, when the value came from `now`. */
  readonly monotonic: number | undefined;

  constructor(seconds: number, nanoseconds: number, zone: GoZone, monotonic?: number) {
    this.seconds = seconds;
    this.nanoseconds = nanoseconds;
    this.zone = zone;
    this.monotonic = monotonic;
  }
}
