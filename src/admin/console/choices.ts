/** Records of the workspace as options of a form. */
import type { JsonObject } from "../../flow.ts";
import { RECORDS, type RecordName } from "../../store/workspace/records.ts";
import { resourceOf } from "../resources.ts";
import type { Desk } from "./desk.ts";
import type { Choices, Option } from "./form/field.ts";
import { text } from "./text.ts";

/** As many as one answer of the API holds; what a record already names is among the options whatever happens. */
const MOST = 200;

/** A field whose records the operator may not see has none: it is typed into. @param fields path → kind of its records */
export async function choicesOf(
  desk: Desk,
  fields: Readonly<Record<string, RecordName>>,
  as: "boxes" | "choice" = "boxes",
): Promise<Choices> {
  const seen = Object.entries(fields).filter(([, record]) => mayRead(desk, record));
  const choices = seen.map(
    async ([path, record]) => [path, { as, options: await optionsOf(desk, record) }] as const,
  );
  return Object.fromEntries(await Promise.all(choices));
}

function mayRead(desk: Desk, record: RecordName): boolean {
  const area = resourceOf(record, "system")?.area;
  return area !== undefined && desk.may(area, "read");
}

async function optionsOf(desk: Desk, record: RecordName): Promise<Option[]> {
  const { body } = await desk.read(`${record}?limit=${MOST}`);
  const member = RECORDS[record].id ?? "id";
  return (body["items"] as JsonObject[]).map((item) => {
    const id = text(item, member);
    const name = item["display_name"] ?? item["name"] ?? item["client_name"];
    return { value: id, label: typeof name === "string" && name && name !== id ? `${id} (${name})` : id };
  });
}
