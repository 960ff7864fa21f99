import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';

// Explicit, because the SDK's defaults change with its releases. A throttled write waits a second on average, then two, then four, and
// while the few writers wait their partition recovers. DynamoDB answers within milliseconds: five silent seconds are a lost connection.
const RELIABILITY = {
  maxAttempts: 5,
  retryMode: 'standard',
  requestHandler: { connectionTimeout: 2_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
} as const;

type Overrides = Pick<DynamoDBClientConfig, 'credentials' | 'endpoint' | 'maxAttempts' | 'requestHandler'>;

/** The client for a ledger's region. Credentials and AWS_ENDPOINT_URL come from where every AWS tool has them, unless overridden. */
export function dynamoClient(region: string, overrides: Overrides = {}): DynamoDBClient {
  return new DynamoDBClient({ region, ...RELIABILITY, ...overrides });
}
