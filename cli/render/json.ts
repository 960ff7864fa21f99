import type { Coverage } from '../../shared/model/report.ts';

export const SCHEMA_VERSION = 1;

/** Indented JSON in which nothing can steer a terminal: JSON.stringify escapes the first 32 control characters only. */
export function toJson(value: unknown): string {
  const escaped = (found: string) =>
    found
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join('');
  return `${JSON.stringify(value, null, 2).replace(/[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu, escaped)}\n`;
}

export const coverageJson = ({ slice, ok, reason }: Coverage) => ({ slice, ok, ...(reason === undefined ? {} : { reason }) });
