/** A moment in the reader's language; with the script, in their time zone too. */
export function When({ at, locale, day = false }: { at: number; locale: string; day?: boolean }) {
  const date = new Date(at * 1_000);
  if (Number.isNaN(date.getTime())) return <></>;
  const format = new Intl.DateTimeFormat(locale, {
    dateStyle: "medium",
    ...(!day && { timeStyle: "short" }),
    timeZone: "UTC",
  });
  return (
    <time datetime={date.toISOString()} data-local={day ? "day" : "time"}>
      {day ? format.format(date) : `${format.format(date)} UTC`}
    </time>
  );
}
