const times = new Set(["iat", "exp", "nbf", "auth_time", "updated_at"]);

/** A value of a claim as a person reads it: words plain, lists as lists, the rest as JSON, times with their date. */
export function Value({ name, value }: { name: string; value: unknown }) {
  if (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((item) => typeof item === "string" || typeof item === "number")
  )
    return (
      <ul class="values">
        {value.map((item: string | number) => (
          <li>
            <bdi>{item}</bdi>
          </li>
        ))}
      </ul>
    );
  if (typeof value === "object" && value !== null)
    return <pre class="json">{JSON.stringify(value, null, 2)}</pre>;
  if (typeof value === "number" && times.has(name))
    return (
      <>
        <code>{value}</code> <Time seconds={value} />
      </>
    );
  return typeof value === "string" ? <bdi>{value}</bdi> : <code>{String(value)}</code>;
}

function Time({ seconds }: { seconds: number }) {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return <></>;
  const iso = date.toISOString();
  return <time datetime={iso}>{`${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`}</time>;
}
