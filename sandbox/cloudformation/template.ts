// A compiled template, as CloudFormation is sent it.

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type Properties = Readonly<Record<string, Json | undefined>>;

export interface TemplateResource {
  Type: string;
  Condition?: string;
  Properties?: Properties;
}

export interface TemplateParameter {
  Type: string;
  Default?: string;
}

export interface Template {
  Parameters?: Readonly<Record<string, TemplateParameter>>;
  Conditions?: Readonly<Record<string, Json>>;
  Resources: Readonly<Record<string, TemplateResource>>;
}

/** Throws, naming the place: what the sandbox does not know must not pass for deployed. */
export function unknown(what: string): never {
  throw new Error(`The sandbox's CloudFormation does not know ${what}.`);
}

export const isFields = (value: Json | undefined): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
