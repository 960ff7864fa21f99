/** Things in packs, in their order: at most so many in each, which together are at most so large. What is larger by itself has a pack of its own. */
export function packed<T>(
  things: readonly T[],
  { most = Number.POSITIVE_INFINITY, size }: { most?: number; size: number },
  sizeOf: (thing: T) => number,
): T[][] {
  const packs: T[][] = [];
  let room = 0;
  for (const thing of things) {
    const takes = sizeOf(thing);
    const pack = packs.at(-1);
    if (pack && pack.length < most && takes <= room) pack.push(thing);
    else packs.push([thing]);
    room = (packs.at(-1) === pack ? room : size) - takes;
  }
  return packs;
}
