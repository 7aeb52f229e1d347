/** Every rate limit of wrangler.toml with another number: tests are a flood. */
const BINDINGS = { LIMIT_PEOPLE: 60, LIMIT_OPERATORS: 60, LIMIT_CLIENTS: 10, LIMIT_STRANGERS: 60 } as const;

export const limits = (limit: number) =>
  Object.fromEntries(
    Object.entries(BINDINGS).map(([name, period], index) => [
      name,
      { namespace_id: `${8701 + index}`, simple: { limit, period } },
    ]),
  );
