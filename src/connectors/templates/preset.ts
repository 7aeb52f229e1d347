/** Template and answers → the settings that a new connection begins with. */
import type { Json, JsonObject } from "../../flow.ts";
import type { Template } from "./template.ts";

export type Answers = Readonly<Record<string, string | readonly string[]>>;

/** Settings whose question was left unanswered are left out, and take the default of the kind. */
export function presetOf({ settings }: Pick<Template, "settings">, answers: Answers): JsonObject {
  return (filled(settings, answers) ?? {}) as JsonObject;
}

function filled(value: Json, answers: Answers): Json | undefined {
  if (typeof value === "string") return text(value, answers);
  if (Array.isArray(value)) {
    const items = value.map((item) => filled(item, answers)).filter((item) => item !== undefined);
    return items.length > 0 || value.length === 0 ? items : undefined;
  }
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [name, filled(member, answers)] as const);
  const kept = members.filter((member): member is [string, Json] => member[1] !== undefined);
  return kept.length > 0 || members.length === 0 ? Object.fromEntries(kept) : undefined;
}

function text(template: string, answers: Answers): Json | undefined {
  const [, whole] = /^\{(\w+)\}$/.exec(template) ?? [];
  if (whole !== undefined) return given(answers, whole);
  let missing = false;
  const made = template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const answer = given(answers, name);
    if (typeof answer !== "string") missing = true;
    return String(answer);
  });
  return missing ? undefined : made;
}

function given(answers: Answers, name: string): string | string[] | undefined {
  const answer = Object.hasOwn(answers, name) ? answers[name] : undefined;
  if (typeof answer === "string") return answer.trim() || undefined;
  const items = answer?.map((item) => item.trim()).filter(Boolean);
  return items && items.length > 0 ? items : undefined;
}
