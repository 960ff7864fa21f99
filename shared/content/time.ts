/** What `form` makes of a moment; what is no moment stays as it is: half of it might be a link where the whole is not. */
function shown(time: string | Date, form: (iso: string) => string): string {
  const at = new Date(time);
  return Number.isNaN(at.getTime()) ? String(time) : form(at.toISOString());
}

/** A moment to the minute, in UTC. */
export const minuteOf = (time: string | Date): string => shown(time, (iso) => `${iso.slice(0, 16).replace('T', ' ')} UTC`);

/** A moment's day in UTC. */
export const dayOf = (time: string | Date): string => shown(time, (iso) => iso.slice(0, 10));

/** A span of time in the unit that a person would use. */
export function duration(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 120) return `${minutes} min`;
  return minutes < 2_880 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 1_440)} days`;
}
