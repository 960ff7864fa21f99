import { items } from './requests.ts';

type Fields = Readonly<Record<string, unknown>>;

const XMLNS = 'http://ec2.amazonaws.com/doc/2016-11-15/';
// What DescribeSecurityGroupRules tells of a rule and no record was seen to.
const NOT_RECORDED = ['tagSet', 'securityGroupRuleArn'];

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

const known = (value: unknown): unknown =>
  isFields(value)
    ? Object.fromEntries(
        Object.entries(value).flatMap(([name, inner]) =>
          inner === undefined || NOT_RECORDED.includes(name) ? [] : [[name, known(inner)]],
        ),
      )
    : value;

/** What CloudTrail tells of EC2's answer: lists have `items`, and `return` is `_return`. */
export function ec2Response(result: Fields, requestId: string): Fields {
  const said = Object.entries(result).flatMap(([name, value]): [string, unknown][] => {
    if (value === undefined || NOT_RECORDED.includes(name)) return [];
    if (name === 'return') return [['_return', value]];
    return [[name, Array.isArray(value) ? items(value.map(known)) : known(value)]];
  });
  return { requestId, ...Object.fromEntries(said) };
}

/** The same of a call whose request is recorded under its own name. */
export const wrappedResponse = (action: string, result: Fields, requestId: string): Fields => ({
  [`${action}Response`]: { xmlns: XMLNS, requestId, ...result },
});
