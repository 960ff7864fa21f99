import { PATH_SLICES } from '../inventory/collect-paths.ts';
import type { SliceName } from '../model/inventory.ts';
import { RULES } from '../rules/index.ts';

const isPathSlice = (slice: SliceName): boolean => PATH_SLICES.some((each) => each === slice);

/** The rules about what deleted clusters left: all that a cleanup asks. What pods can reach is none of its business. */
export const LEFTOVER_RULES: readonly string[] = RULES.filter(({ needs }) => !needs.some(isPathSlice)).map(({ meta }) => meta.id);
