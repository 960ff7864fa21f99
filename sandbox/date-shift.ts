/** Shifts this process's `Date` from now on. The answer sets by how much, in milliseconds, and may be called again at any time. */
export function installDateShift(): (milliseconds: number) => void {
  const MachineDate = Date;
  let shift = 0;
  const now = () => MachineDate.now() + shift;
  globalThis.Date = new Proxy(MachineDate, {
    construct: (target, given, newTarget) => Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget),
    apply: () => new MachineDate(now()).toString(),
    get: (target, property, receiver) => (property === 'now' ? now : Reflect.get(target, property, receiver)),
  });
  return (milliseconds) => {
    shift = milliseconds;
  };
}
