import type { SandboxCall } from '../index.ts';
import { tell } from './narrate.ts';

const inRequest = ({ params }: SandboxCall): string => /eni-[0-9a-f]{17}/.exec(JSON.stringify(params))?.[0] ?? '';

/** How a cleanup went on, from the calls that EC2 got: which interface was deleted after which looks, and when it was seen to be gone. */
export function showDeletions(calls: readonly SandboxCall[]): void {
  const deleted = new Set<string>();
  for (const call of calls) {
    const id = inRequest(call);
    if (call.action === 'DeleteNetworkInterface') {
      deleted.add(id);
      tell(`  DeleteNetworkInterface ${id}`);
    } else if (call.action === 'DescribeNetworkInterfaces' && deleted.delete(id)) tell(`  seen to be gone: ${id}`);
  }
}
