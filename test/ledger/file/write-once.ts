// Run by file.processes.test.ts as a process of its own, with less than a ledger needs: one big write, and what came of it.
import { fileStore } from '../../../shared/ledger/file/store.ts';
import { putSighting, TARGET } from '../builders.ts';

const [path = '', user] = process.argv.slice(2);
// Without a handler the signal of a file size limit kills; with one, the write is cut short, as on a full disk.
process.on('SIGXFSZ', () => undefined);
// Root may do everything, so that a refusal can only be seen as somebody else.
if (user && process.getuid?.() === 0) process.setuid?.(Number(user));
try {
  const store = await fileStore(path);
  const [record] = await store.load(TARGET);
  await store.write(TARGET, [putSighting(record?.version ?? 0, { fingerprint: 'f'.repeat(200_000) })]);
  process.stdout.write('written');
} catch (error) {
  process.stdout.write(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
}
