import type { Text } from "./text/en.ts";
import { Time } from "./time.tsx";

const times = new Set(["iat", "exp", "nbf", "auth_time", "updated_at"]);

/** A value of a claim as a person reads it: words plain, lists as lists, the rest as JSON, times with their date. */
export function Value({ name, value, text }: { name: string; value: unknown; text: Text }) {
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
        <code>{value}</code> <Time at={value} text={text} exact />
      </>
    );
  return typeof value === "string" ? <bdi>{value}</bdi> : <code>{String(value)}</code>;
}
