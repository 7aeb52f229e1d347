/** A sign-in that waits for a post-authentication application. It is answered once, and continued once. */
import type { ScriptExecuted } from "../../audit/event.ts";
import type { Sealed } from "../../crypto/seal.ts";
import type { JsonObject } from "../../flow.ts";
import { clock } from "../rows.ts";
import type { About } from "./about.ts";
import type { Person } from "./person.ts";
import type { AppRow } from "./rows.ts";
import { type Arriving, type Elsewhere, whose } from "./whose.ts";

/** Seconds that a sign-in waits. */
const APP_LIFETIME = 3_600;

/** What an application decided. The values are sealed. */
export type AppAnswer =
  | { readonly as: "completed"; readonly context: Sealed<JsonObject>; readonly names: readonly string[] }
  | { readonly as: "aborted"; readonly error: string; readonly description: string };

export type Continued =
  | { readonly as: "waiting" | "gone" }
  | { readonly as: "answered"; readonly row: AppRow; readonly answer: AppAnswer };

/** The sign-in waits here until the application answers, or for an hour. */
export function awaitApp(
  person: Person,
  about: About,
  arriving: Arriving,
  login: string,
  row: Omit<AppRow, "answer" | "link">,
  executed: readonly ScriptExecuted[],
): { readonly as: "waiting" } | Elsewhere {
  const whom = whose(person, about, arriving);
  if (whom.as !== "here") return whom;
  const link = whom.through?.link;
  person.rows.put("app", login, { ...row, ...(link !== undefined && { link }) }, clock() + APP_LIFETIME);
  for (const event of executed) person.record(about, event);
  person.record(about, { type: "app_asked", app: row.app, client_id: row.client_id });
  return { as: "waiting" };
}

/** For the application that it waits for, which knows the state of the browser. */
export function appLogin({ rows }: Person, login: string, app: string, state: string): AppRow | undefined {
  const row = rows.get("app", login);
  return row?.app === app && row.state === state && !row.answer ? row : undefined;
}

/** @returns false when there is nothing to answer any more, or it is another's */
export function answerApp(
  person: Person,
  about: About,
  login: string,
  app: string,
  state: string,
  answer: AppAnswer,
): boolean {
  const row = appLogin(person, login, app, state);
  if (!row) return false;
  person.rows.put("app", login, { ...row, answer }, row.left_at + APP_LIFETIME);
  const { client_id } = row;
  person.record(
    about,
    answer.as === "completed"
      ? { type: "app_completed", app, client_id, attributes: answer.names }
      : { type: "app_aborted", app, client_id, error: answer.error },
  );
  return true;
}

/** The browser is back: an answered sign-in is taken, one that still waits is left. */
export function continueApp({ rows }: Person, login: string): Continued {
  const row = rows.get("app", login);
  if (!row) return { as: "gone" };
  if (!row.answer) return { as: "waiting" };
  rows.delete("app", login);
  return { as: "answered", row, answer: row.answer };
}
