/** What a request may carry, whatever its protocol. */
export type Param = string | number | boolean | null | readonly Param[] | Params;
export interface Params {
  readonly [name: string]: Param;
}

/** Whether a parameter is a structure. */
export const isFields = (value: Param | undefined): value is Params => typeof value === 'object' && value !== null && !Array.isArray(value);
