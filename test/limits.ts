/** Every rate limit of wrangler.toml with another number: tests and demos are a flood, from one address. */
import { unstable_readConfig as readConfig } from "wrangler";

interface Limit {
  readonly name: string;
  readonly namespace_id: string;
  readonly simple: { readonly period: 10 | 60 };
}

export function limits(limit: number) {
  const declared: readonly Limit[] = readConfig({
    config: `${import.meta.dirname}/../wrangler.toml`,
  }).ratelimits;
  return Object.fromEntries(
    declared.map(({ name, namespace_id, simple: { period } }) => [
      name,
      { namespace_id, simple: { limit, period } },
    ]),
  );
}
