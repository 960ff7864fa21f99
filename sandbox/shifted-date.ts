// Preloaded with --import into a process that must live at the sandbox's time: the product itself has no clock setting.
const offset = Number(process.env.SANDBOX_DATE_OFFSET_MS ?? '0');
if (!Number.isFinite(offset)) throw new Error(`SANDBOX_DATE_OFFSET_MS is no number: ${process.env.SANDBOX_DATE_OFFSET_MS}`);

const MachineDate = Date;
globalThis.Date = new Proxy(MachineDate, {
  construct: (target, given, newTarget) => Reflect.construct(target, given.length === 0 ? [MachineDate.now() + offset] : given, newTarget),
  apply: () => new MachineDate(MachineDate.now() + offset).toString(),
  get: (target, property, receiver) => (property === 'now' ? () => MachineDate.now() + offset : Reflect.get(target, property, receiver)),
});

export {};
