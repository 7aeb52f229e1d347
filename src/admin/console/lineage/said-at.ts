/** What the API refused → the field of a form that does not have the API's names. */
import type { FieldError, Refused } from "../call.ts";

/**
 * @param fields member of the record → field of the form
 * @param prefix of the member that the form is about
 * @throws Refused for what no field is to blame for: a right that is missing, a record that is gone
 */
export function saidAt(
  refused: Refused,
  fields: Readonly<Record<string, string>>,
  prefix = "",
): readonly FieldError[] {
  const [first = ""] = Object.values(fields);
  if (refused.status === 412)
    return [
      {
        path: first,
        message: "somebody else saved in between, and nothing was changed: look, and send it again",
      },
    ];
  if (refused.status !== 422) throw refused;
  return refused.errors.map(({ path, message }) => {
    const member = path.startsWith(prefix) ? path.slice(prefix.length) : path;
    return { path: fields[member.split(".")[0] ?? ""] ?? first, message };
  });
}
