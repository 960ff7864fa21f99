/** Who has something in hand, and until when nobody else may take it. */
export interface Lease {
  by: string;
  until: string;
}

/** A lease that has a record of its own. `turn` counts how often it was taken; `wanted`: somebody found it taken, and left their work to the holder. */
export interface SharedLease extends Lease {
  turn: number;
  wanted?: true;
}
