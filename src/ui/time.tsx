import type { Text } from "./text/en.ts";

/**
 * A moment in the reader's own way of writing it. In UTC, because a server does not know where they are.
 * @param at seconds since 1970
 * @param exact to the second, for who compares claims
 */
export function Time({ at, text, exact = false }: { at: number; text: Text; exact?: boolean }) {
  const date = new Date(at * 1000);
  if (Number.isNaN(date.getTime())) return <></>;
  const format = new Intl.DateTimeFormat(text.lang, {
    dateStyle: "medium",
    timeStyle: exact ? "medium" : "short",
    timeZone: "UTC",
  });
  return <time datetime={date.toISOString()}>{`${format.format(date)} UTC`}</time>;
}
