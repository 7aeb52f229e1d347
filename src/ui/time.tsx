import type { Text } from "./text/en.ts";

/** A moment in the reader's own way of writing it. In UTC, because a server does not know where they are. @param at seconds since 1970 */
export function Time({ at, text }: { at: number; text: Text }) {
  const date = new Date(at * 1000);
  if (Number.isNaN(date.getTime())) return <></>;
  const format = new Intl.DateTimeFormat(text.lang, {
    dateStyle: "medium",
    timeStyle: "medium",
    timeZone: "UTC",
  });
  return <time datetime={date.toISOString()}>{`${format.format(date)} UTC`}</time>;
}
