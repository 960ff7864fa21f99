// From the record of a deleted interface to the command that creates one like it: EC2 gives no deleted interface back.

import { shellWord } from '../content/shell-word.ts';
import { KEEP_TAG, TRUNK_TAG } from '../domain/tags.ts';

type Json = Readonly<Record<string, unknown>>;

export type Recreation =
  | {
      ok: true;
      /** For a POSIX shell: one line of printable ASCII, whatever the record holds. */
      command: string;
      /** What the new interface will not have. */
      lost: readonly string[];
      /** What to know before running it. */
      notes: readonly string[];
    }
  | { ok: false; problem: string };

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const objectOf = (from: Json, name: string): Json => (isObject(from[name]) ? from[name] : {});
const listOf = (from: Json, name: string): Json[] => (Array.isArray(from[name]) ? from[name].filter(isObject) : []);
const textOf = (from: Json, name: string): string => (typeof from[name] === 'string' ? from[name] : '');
const textsOf = (from: Json, list: string, name: string): string[] => listOf(from, list).flatMap((each) => textOf(each, name) || []);

const VLAN_TAG = 'vpcresources.k8s.aws/vlan-id';
// In any mixture of letters: https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
const isReserved = (key: string): boolean => key.toLowerCase().startsWith('aws:');
const tagsOf = (raw: Json): [key: string, value: string][] =>
  listOf(raw, 'TagSet').flatMap((tag) => (typeof tag.Key === 'string' ? [[tag.Key, textOf(tag, 'Value')]] : []));

// Regions, ids, addresses and prefixes. Nothing that AWS's CLI takes for an option, a list, or a file to open (file://).
const PLAIN = /^[0-9A-Za-z](?:[\w.:-]|\/\d)*$/;
// A description that a person can read as it is; any other goes into JSON.
const READABLE = /^(?!file|http)[0-9A-Za-z][\w .,:/()@+=-]*$/;

const toUnicode = (found: string): string =>
  (found.startsWith('\\') ? found.slice(1) : found)
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');

/** JSON in printable ASCII, without quotes or double backslashes inside its strings: the same to every shell, terminal and locale. */
const plainJson = (value: unknown): string => JSON.stringify(value).replace(/\\["\\]|[^ -&(-~]/g, toUnicode);

interface Addresses {
  primary: string;
  secondary: readonly string[];
  ipv6: readonly string[];
  ipv4Prefixes: readonly string[];
  ipv6Prefixes: readonly string[];
}

function addressesOf(raw: Json): Addresses {
  const all = textsOf(raw, 'PrivateIpAddresses', 'PrivateIpAddress');
  const primary = textOf(raw, 'PrivateIpAddress') || (all[0] ?? '');
  return {
    primary,
    secondary: all.filter((address) => address !== primary),
    ipv6: textsOf(raw, 'Ipv6Addresses', 'Ipv6Address'),
    ipv4Prefixes: textsOf(raw, 'Ipv4Prefixes', 'Ipv4Prefix'),
    ipv6Prefixes: textsOf(raw, 'Ipv6Prefixes', 'Ipv6Prefix'),
  };
}

const option = (name: string, values: readonly string[]): string[] => (values.length > 0 ? [name, ...values] : []);

function addressWords({ primary, secondary, ipv6, ipv4Prefixes, ipv6Prefixes }: Addresses): string[] {
  const several = [`PrivateIpAddress=${primary},Primary=true`, ...secondary.map((each) => `PrivateIpAddress=${each},Primary=false`)];
  const one = primary === '' ? [] : [primary];
  return [
    ...(secondary.length > 0 ? option('--private-ip-addresses', several) : option('--private-ip-address', one)),
    ...option(
      '--ipv6-addresses',
      ipv6.map((address) => `Ipv6Address=${address}`),
    ),
    ...option(
      '--ipv4-prefixes',
      ipv4Prefixes.map((prefix) => `Ipv4Prefix=${prefix}`),
    ),
    ...option(
      '--ipv6-prefixes',
      ipv6Prefixes.map((prefix) => `Ipv6Prefix=${prefix}`),
    ),
  ];
}

function descriptionWords(description: string): string[] {
  if (description === '') return [];
  return READABLE.test(description) ? ['--description', description] : ['--cli-input-json', plainJson({ Description: description })];
}

function tagWords(raw: Json): string[] {
  const tags = tagsOf(raw).filter(([key]) => !isReserved(key));
  if (tags.length === 0) return [];
  return ['--tag-specifications', plainJson([{ ResourceType: 'network-interface', Tags: tags.map(([Key, Value]) => ({ Key, Value })) }])];
}

/** The command that creates an interface with the recorded subnet, addresses, prefixes, groups, description and tags. */
export function recreate(raw: Json, region: string): Recreation {
  const subnet = textOf(raw, 'SubnetId');
  const groups = textsOf(raw, 'Groups', 'GroupId');
  const addresses = addressesOf(raw);
  if (subnet === '') return { ok: false, problem: 'the record names no subnet' };
  const strange = [region, subnet, ...groups, ...Object.values(addresses).flat()].find((word) => word !== '' && !PLAIN.test(word));
  if (strange !== undefined) return { ok: false, problem: `the record holds ${plainJson(strange)} where EC2 has an id or an address` };
  const words = [
    ...['aws', 'ec2', 'create-network-interface', '--region', region, '--subnet-id', subnet],
    ...addressWords(addresses),
    ...(listOf(raw, 'Ipv6Addresses').some((each) => each.IsPrimaryIpv6 === true) ? ['--enable-primary-ipv6'] : []),
    ...option('--groups', groups),
    ...descriptionWords(textOf(raw, 'Description')),
    ...tagWords(raw),
  ];
  return { ok: true, command: words.map(shellWord).join(' '), lost: lostOf(raw), notes: notesOf(addresses, groups) };
}

function lostOf(raw: Json): string[] {
  const tags = new Map(tagsOf(raw));
  const [id, mac, publicIp] = [
    textOf(raw, 'NetworkInterfaceId'),
    textOf(raw, 'MacAddress'),
    textOf(objectOf(raw, 'Association'), 'PublicIp'),
  ];
  const [trunk, vlan, instance] = [tags.get(TRUNK_TAG), tags.get(VLAN_TAG), textOf(objectOf(raw, 'Attachment'), 'InstanceId')];
  const where = [trunk && `trunk ${trunk}`, vlan && `VLAN ${vlan}`].filter(Boolean).join(', ');
  return [
    `its id${id && ` ${id}`}: EC2 gives a new one`,
    `its MAC address${mac && ` ${mac}`}: EC2 gives a new one`,
    `its association with ${where || 'a trunk'}: only a cluster's controller makes one`,
    `its attachment${instance && ` to ${instance}`} and the time of it`,
    ...(publicIp ? [`its public address ${publicIp}: it would have to be associated again`] : []),
    ...(raw.SourceDestCheck === false ? ['its source/destination check was off: the new one has it on'] : []),
    ...[...tags.keys()].filter(isReserved).map((key) => `its tag ${key}: only AWS sets tags that begin with aws:`),
  ];
}

function notesOf({ primary, secondary, ipv6, ipv4Prefixes, ipv6Prefixes }: Addresses, groups: readonly string[]): string[] {
  // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkInterface.html
  const isMixed = (ipv4Prefixes.length > 0 && primary !== '') || (ipv6Prefixes.length > 0 && ipv6.length > 0);
  const taken = [primary, ...secondary, ...ipv6, ...ipv4Prefixes, ...ipv6Prefixes].filter(Boolean).length > 0;
  return [
    ...(taken ? ['EC2 refuses it (InvalidIPAddress.InUse) when somebody else has an address by now'] : []),
    ...(isMixed ? ['should EC2 refuse prefixes together with addresses, leave the prefixes out and assign them afterwards'] : []),
    ...(groups.length === 0 ? ["no security group is recorded: EC2 gives it the VPC's default group"] : []),
    `with these tags audits call it a suspect again, and then an orphan; the tag ${KEEP_TAG} keeps cleanups away from it`,
  ];
}
