/** The fields of a script beside its text and its inputs. */
import { choicesOf } from "../choices.ts";
import type { Desk } from "../desk.ts";
import { type Field, fieldsOf, type FormWords } from "../form/field.ts";
import { schemaOf } from "../schema.ts";

const WORDS: FormWords = {
  id: { label: "ID", help: "Names the script in the API and in lineages. It never changes.", fixed: true },
  name: { label: "Name" },
  on_error: {
    label: "When it throws, takes too long or returns what it may not",
    help: "fail ends the sign-in with a message; continue goes on as if there were no script.",
  },
  hosts: {
    label: "Hosts that it may call",
    help: "One a line, such as api.example.com; ten calls a run. With none it has no network.",
    placeholder: "api.example.com",
  },
  secrets: {
    label: "Secrets that it gets",
    help: "As context.secrets.NAME. One that is missing is made on the page Secrets first. Their values are blanked wherever somebody reads.",
  },
};

export async function scriptFields(desk: Desk): Promise<Field[]> {
  return fieldsOf(schemaOf("scripts"), WORDS, await choicesOf(desk, { secrets: "secrets" }));
}
