import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { causeOf, codeOf, isNotFound, messageOf } from '../../aws/errors.ts';
import { ConfigError } from '../../domain/errors.ts';
import type { Item } from './item.ts';

/** A table and how it is reached. */
export interface Table {
  client: DynamoDBClient;
  table: string;
}

/** That the ledger could not be read or written: which table, why, and what to do. What only a person can mend is a ConfigError. */
export async function refused({ client, table }: Table, action: string, error: unknown): Promise<Error> {
  const said = `${codeOf(error) ?? 'error'}: ${messageOf(error)}`;
  const tell = (cause: string, nextStep: string) => `ledger dynamodb:${table}: ${cause}; ${nextStep}`;
  if (isNotFound(error, 'ResourceNotFoundException')) {
    const region = await client.config.region();
    const missing = `there is no such table in ${region} of the account that these credentials belong to`;
    return new ConfigError([tell(missing, 'deploy the stack there, or name the table, the region and the account of one that is')], {
      cause: error,
    });
  }
  if (causeOf(error) === 'denied') {
    return new ConfigError([tell(`these credentials may not ${action} (${said})`, `allow ${action} on the table`)], { cause: error });
  }
  if (codeOf(error) === 'ValidationException') {
    return new ConfigError([tell(`${action} was refused (${said})`, 'is this the ledger table of the stack?')], { cause: error });
  }
  return new Error(tell(`${action} failed (${said})`, 'run again; what was written until then stays'), { cause: error });
}

/** That an item is none of ours, or was damaged. */
export function malformed({ table }: Table, item: Item, problem: string): ConfigError {
  const place = `item pk="${item.pk?.S}" sk="${item.sk?.S}" ${problem}`;
  return new ConfigError([
    `ledger dynamodb:${table}: ${place}; it was left as it is: restore the table to a time before that, or delete the item`,
  ]);
}
