import type { Params } from '../http/param.ts';
import type { CallContext } from '../http/service.ts';
import type { XmlValue } from '../query/xml.ts';

/** One EC2 call. A parameter that it does not list is refused. */
export interface Ec2Action {
  mutating: boolean;
  parameters: readonly string[];
  run(params: Params, context: CallContext): Readonly<Record<string, XmlValue>>;
}
