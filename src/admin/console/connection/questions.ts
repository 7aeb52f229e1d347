/** What a template asks in place of settings that few would know how to write. */
import type { Answers } from "../../../connectors/templates/preset.ts";
import type { Template } from "../../../connectors/templates/template.ts";
import type { FieldError } from "../call.ts";
import type { Field } from "../form/field.ts";
import type { Typed } from "../form/typed.ts";
import { connectionFields } from "./fields.ts";

const PREFIX = "ask.";

export const asked = (path: string): boolean => path.startsWith(PREFIX);

/** The form of a new connection: questions stand where the settings that they answer would. */
export function createFields(template: Template): Field[] {
  const answered = Object.entries(template.settings).filter(([, value]) =>
    /\{\w+\}/.test(JSON.stringify(value)),
  );
  const hidden = answered.map(([name]) => `settings.${name}`);
  const [name, ...rest] = connectionFields(template.method, template.fields).filter(
    ({ path }) => !hidden.includes(path) && path !== "disabled",
  );
  const questions = template.asks.map(({ name: question, several, optional, ...words }): Field => ({
    ...words,
    path: `${PREFIX}${question}`,
    control: { as: several ? "lines" : "text" },
    required: !optional,
  }));
  const id: Field = {
    path: "id",
    label: "Connection ID",
    help: "Part of the Redirect URL. It never changes afterwards.",
    control: { as: "text" },
    required: true,
    advanced: true,
  };
  return [...(name ? [name] : []), ...questions, ...rest, id];
}

export function answersOf({ asks }: Template, typed: Typed): Answers {
  return Object.fromEntries(
    asks.map(({ name, several }) => {
      const text = typed.get(`${PREFIX}${name}`) ?? "";
      return [name, several ? text.split(/\r?\n/) : text];
    }),
  );
}

/** A setting that a question answers is wrong where the question is. */
export function blamed(template: Template, errors: readonly FieldError[]): FieldError[] {
  return errors.map((error) => {
    const [, setting = ""] = /^settings\.(\w+)/.exec(error.path) ?? [];
    const [, question] = /\{(\w+)\}/.exec(JSON.stringify(template.settings[setting] ?? "")) ?? [];
    return question === undefined ? error : { ...error, path: `${PREFIX}${question}` };
  });
}
