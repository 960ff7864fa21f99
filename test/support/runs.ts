/** How often a property is tried: a fifth as often in `npm run check`, which has a minute for everything. */
export const runs = (whole: number): number => ('isQuick' in globalThis ? Math.ceil(whole / 5) : whole);
