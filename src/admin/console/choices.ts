/** Records of the workspace as options of a form. */
import type { JsonObject } from "../../flow.ts";
import { RECORDS, type RecordName } from "../../store/workspace/records.ts";
import type { Desk } from "./desk.ts";
import type { Choices } from "./form/field.ts";
import { text } from "./text.ts";

/** As many as one answer of the API holds; what a record already names is among the options whatever happens. */
const MOST = 200;

export async function choicesOf(desk: Desk, record: RecordName): Promise<Choices[string]> {
  const { body } = await desk.read(`${record}?limit=${MOST}`);
  const member = RECORDS[record].id ?? "id";
  const options = (body["items"] as JsonObject[]).map((item) => {
    const id = text(item, member);
    const name = item["display_name"] ?? item["name"] ?? item["client_name"];
    return { value: id, label: typeof name === "string" && name && name !== id ? `${id} (${name})` : id };
  });
  return { as: "boxes", options };
}
