import { releaseBranchesOf, removeInterface } from '../network/interfaces.ts';
import { existing, type Place } from '../place.ts';
import type { NetworkInterface } from '../state.ts';

const SHUTTING_DOWN_MINUTES = 1;
// EC2 shows a terminated instance for about an hour.
const TERMINATED_MINUTES = 60;

/** Shuts a node down. Its pods live until it is terminated; then its trunk goes and the branches stay behind, available. */
export function terminateNode(place: Place, instanceId: string): void {
  const instance = existing(place.state.instances, instanceId, 'instance');
  if (instance.state === 'shutting-down' || instance.state === 'terminated') return;
  instance.state = 'shutting-down';
  place.timeline.after(SHUTTING_DOWN_MINUTES, () => {
    instance.state = 'terminated';
    for (const pod of place.state.pods.values()) {
      if (pod.instanceId === instanceId) place.state.pods.delete(pod.id);
    }
    for (const eni of [...place.state.interfaces.values()]) if (eni.attachment?.instanceId === instanceId) loseInstance(place, eni);
  });
  place.timeline.after(SHUTTING_DOWN_MINUTES + TERMINATED_MINUTES, () => place.state.instances.delete(instanceId));
}

function loseInstance(place: Place, eni: NetworkInterface): void {
  if (eni.attachment?.deleteOnTermination) removeInterface(place, eni.id);
  else {
    delete eni.attachment;
    eni.status = 'available';
    if (eni.interfaceType === 'trunk') releaseBranchesOf(place, eni.id);
  }
}
