// Preloaded with --import into a process that must live at the sandbox's time: the product itself has no clock setting.
import { installDateShift } from './date-shift.ts';

const offset = Number(process.env.SANDBOX_DATE_OFFSET_MS ?? '0');
if (!Number.isFinite(offset)) throw new Error(`SANDBOX_DATE_OFFSET_MS is no number: ${process.env.SANDBOX_DATE_OFFSET_MS}`);
installDateShift()(offset);
