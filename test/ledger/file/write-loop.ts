// Run by file.processes.test.ts as a process of its own: wins so many writes of one record, and says each version that it won.
import { fileStore } from '../../../shared/ledger/file/store.ts';
import { putSighting, TARGET } from '../builders.ts';

const [path = '', wins = '0'] = process.argv.slice(2);
const store = await fileStore(path);
for (let won = 0; won < Number(wins); ) {
  const [record] = await store.load(TARGET);
  const version = record?.version ?? 0;
  const [outcome] = await store.write(TARGET, [putSighting(version, { count: version + 1, fingerprint: 'f'.repeat(50_000) })]);
  if (!outcome?.written) continue;
  won += 1;
  process.stdout.write(`${version + 1}\n`);
}
