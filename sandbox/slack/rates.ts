import { refusal } from './refusal.ts';

interface Size {
  burst: number;
  perMinute: number;
}

// https://docs.slack.dev/apis/web-api/rate-limits: "50+" and "100+" per minute for tiers 3 and 4, one message per second and channel,
// "short bursts" allowed. How many a burst may have is a guess.
const SIZES: Readonly<Record<string, Size & { of: 'channel' | 'workspace' }>> = {
  'chat.postMessage': { burst: 5, perMinute: 60, of: 'channel' },
  'chat.update': { burst: 10, perMinute: 50, of: 'workspace' },
  'chat.postEphemeral': { burst: 20, perMinute: 100, of: 'workspace' },
};

export interface Rates {
  /** For how many whole seconds a caller must wait; 0: not at all, and a token is taken. */
  wait(method: string, channel: unknown): number;
}

/** Token buckets. What is refused takes no token. */
export function createRates(now: () => number): Rates {
  const levels = new Map<string, { tokens: number; at: number }>();
  return {
    wait: (method, channel) => {
      const size = SIZES[method];
      if (!size) return 0;
      const key = size.of === 'channel' ? `${method} ${String(channel)}` : method;
      const at = now();
      const level = levels.get(key) ?? { tokens: size.burst, at };
      const tokens = Math.min(size.burst, level.tokens + (Math.max(0, at - level.at) / 60_000) * size.perMinute);
      // A rounding error must not keep a caller waiting who waited as long as it was told.
      const enough = tokens >= 1 - 1e-9;
      levels.set(key, { tokens: enough ? Math.max(0, tokens - 1) : tokens, at });
      return enough ? 0 : Math.max(1, Math.ceil(((1 - tokens) * 60) / size.perMinute));
    },
  };
}

export const rateLimited = (method: string, seconds: number) => refusal('ratelimited', `${method}: wait for ${seconds} s`);
