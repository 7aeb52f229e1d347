/** The words of each kind of identity provider, as the kind itself brings them. */
import { kindOf } from "../../../connectors/index.ts";
import type { Template } from "../../../connectors/templates/template.ts";
import { TEMPLATES } from "../../../connectors/templates/index.ts";
import type { FormWords, Words } from "../form/field.ts";

/** @param fields the same in the words of a template's provider */
export function kindWords(method: string, fields: Template["fields"] = {}): FormWords {
  const kind = kindOf(method);
  if (!kind) return {};
  const words = (of: object) => Object.entries(of) as [string, Words][];
  return Object.fromEntries([
    ...words(kind.form.settings).map(([name, said]) => [`settings.${name}`, { ...said, ...fields[name] }]),
    ...words(kind.form.credentials).map(([name, said]) => [
      `credentials.${name}`,
      { ...said, ...fields[name], secret: true },
    ]),
  ]);
}

/** What a kind is called: as the template that presets nothing of it. */
export function kindName(method: string): string {
  const templates = TEMPLATES.filter((template) => template.method === method);
  const [plain] = templates.filter(({ settings }) => Object.keys(settings).length === 0);
  return (plain ?? templates[0])?.name ?? method;
}
