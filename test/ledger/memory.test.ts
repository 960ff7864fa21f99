import { expect, it } from '@jest/globals';
import { memoryStore } from '../../shared/ledger/memory.ts';
import { storeConformance } from './store-conformance.ts';

storeConformance('memoryStore', async () => {
  const store = memoryStore();
  return async () => store;
});

it('has the name that it was given', () => {
  expect([memoryStore().name, memoryStore('this run').name]).toEqual(['memory', 'this run']);
});
