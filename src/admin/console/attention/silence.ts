/** Mappings that never give a value, each with why and a way to it. */
import type { JsonObject } from "../../../flow.ts";
import type { Desk } from "../desk.ts";
import { text } from "../text.ts";
import type { Todo } from "./todo.ts";

/** Mappings that are named one by one; of one forgotten attribute there may be dozens. */
const NAMED = 5;

export function silenceOf(silent: readonly JsonObject[], desk: Desk): Todo[] {
  return silent.slice(0, NAMED).map((mapping, index) => {
    const [connection, number] = [text(mapping, "connection"), Number(mapping["mapping"])];
    const source = text(mapping, "source") || "a constant";
    const more = index === NAMED - 1 ? silent.length - NAMED : 0;
    const why = SILENCE[text(mapping, "why")]?.(Number(mapping["sign_ins"])) ?? "";
    return {
      title: `The mapping of ${source} to ${text(mapping, "target")} never gives a value.`,
      detail: `It is mapping ${number} of the connection ${connection}. ${why}${more > 0 ? ` There are ${more} more like it.` : ""}`,
      to: desk.href(`/identity-providers/${encodeURIComponent(connection)}/mappings#mapping-${number}`),
      words: "Look at it",
    };
  });
}

const SILENCE: Readonly<Record<string, (signIns: number) => string>> = {
  never_fits: () => "The types of the attribute, the mapping and its target exclude each other.",
  userinfo_off: () => "It takes what User info says, and Get user info is off.",
  no_attribute: () => "The connection has no such attribute.",
  no_value: (signIns) =>
    `None of its ${signIns} latest sign-ins gave one: the provider does not send it, or sends another type.`,
};
