import { awsError } from '../aws-error.ts';
import type { Params } from '../http/param.ts';
import { required, structures, text, texts } from '../query/params.ts';
import type { RegionState, Tags } from '../world/state.ts';
import type { Ec2Action } from './action.ts';
import { found, INSTANCE, NETWORK_INTERFACE, SECURITY_GROUP, SECURITY_GROUP_RULE, SUBNET, VPC } from './kinds.ts';

const MAX_TAGS = 50;

/** The tags of whatever has this id. */
function tagsOf(id: string, state: RegionState): Tags {
  const rules = new Map([...state.securityGroups.values()].flatMap((group) => group.rules.map((rule) => [rule.id, rule] as const)));
  switch (id.slice(0, id.lastIndexOf('-'))) {
    case 'eni':
      return found(NETWORK_INTERFACE, id, state.interfaces).tags;
    case 'i':
      return found(INSTANCE, id, state.instances).tags;
    case 'sg':
      return found(SECURITY_GROUP, id, state.securityGroups).tags;
    case 'sgr':
      return found(SECURITY_GROUP_RULE, id, rules).tags;
    case 'subnet':
      return found(SUBNET, id, state.subnets).tags;
    case 'vpc':
      return found(VPC, id, state.vpcs).tags;
    default:
      throw awsError('InvalidID', `The ID '${id}' is not valid`);
  }
}

/** The tags that a request gives, within the bounds that EC2 sets. */
export function givenTags(params: Params): { key: string; value: string | undefined }[] {
  return structures(params, 'Tag').map((tag) => {
    const key = required(tag, 'Key');
    const value = text(tag, 'Value');
    if (key.startsWith('aws:')) throw awsError('InvalidParameterValue', `Tag keys starting with 'aws:' are reserved for internal use`);
    if (key.length > 128) throw awsError('InvalidParameterValue', `Tag key exceeds the maximum length of 128 characters`);
    if ((value?.length ?? 0) > 256) throw awsError('InvalidParameterValue', `Tag value exceeds the maximum length of 256 characters`);
    return { key, value };
  });
}

/** The tags for what a request creates, of this resource type. */
export function specifiedTags(params: Params, resourceType: string): Tags {
  return Object.fromEntries(
    structures(params, 'TagSpecification').flatMap((specification) => {
      if (text(specification, 'ResourceType') !== resourceType) {
        throw awsError(
          'InvalidParameterValue',
          `'${String(specification.ResourceType)}' is not a valid taggable resource type for this operation.`,
        );
      }
      return givenTags(specification).map(({ key, value }) => [key, value ?? '']);
    }),
  );
}

const PARAMETERS = ['ResourceId', 'Tag'];

export const createTags: Ec2Action = {
  mutating: true,
  parameters: PARAMETERS,
  run: (params, { world }) => {
    const all = named(params, world.state);
    const given = givenTags(params);
    if (given.length === 0) throw awsError('MissingParameter', 'The request must contain the parameter tagSet');
    for (const tags of all) {
      const added = given.filter(({ key }) => !Object.hasOwn(tags, key)).length;
      if (Object.keys(tags).length + added > MAX_TAGS) throw awsError('TagLimitExceeded', `The maximum number of tags is ${MAX_TAGS}`);
    }
    for (const tags of all) for (const { key, value } of given) tags[key] = value ?? '';
    return { return: true };
  },
};

/** Without a value a tag goes whatever its value; with one, only if it has it; without tags all go, except AWS's own. */
export const deleteTags: Ec2Action = {
  mutating: true,
  parameters: PARAMETERS,
  run: (params, { world }) => {
    const given = givenTags(params);
    for (const tags of named(params, world.state)) {
      for (const key of Object.keys(tags)) {
        const wanted =
          given.length === 0 ? !key.startsWith('aws:') : given.some((tag) => tag.key === key && (tag.value ?? tags[key]) === tags[key]);
        if (wanted) delete tags[key];
      }
    }
    return { return: true };
  },
};

function named(params: Params, state: RegionState): Tags[] {
  const ids = texts(params, 'ResourceId');
  if (ids.length === 0) throw awsError('MissingParameter', 'The request must contain the parameter resourceIdSet');
  return ids.map((id) => tagsOf(id, state));
}
