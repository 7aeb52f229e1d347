/** Which secrets of a record are sent: those whose variables are set. The others stay as they are, if they are there. */
import type { Difference } from "./differences.ts";
import type { JsonObject } from "../../flow.ts";
import { address } from "./kinds.ts";
import type { Live } from "./live.ts";
import { Refusal } from "../refusal.ts";
import { type Secret, stated } from "./secret.ts";
import type { Wanted } from "./wanted.ts";

const MADE = ["client_secret", "audit_webhook_secret"];

interface Judgement {
  readonly secrets?: JsonObject;
  readonly notes: readonly string[];
  readonly differences: readonly Difference[];
}

export function judgeSecrets({ kind, id, members, secrets }: Wanted, live: Live | undefined): Judgement {
  if (members.length === 0) return { notes: [], differences: [] };
  const held = new Set(live?.secrets.map((path) => path.join(".")));
  const named = new Set(secrets.map(({ path }) => path.join(".")));
  const unset = secrets.filter(({ value }) => value === undefined);
  const made = unset.filter((secret) => isMade(secret) && !held.has(secret.path.join(".")));
  const same = held.size === named.size && [...named].every((path) => held.has(path));
  const missing = unset.filter((secret) => !isMade(secret) && !(same && unset.length === secrets.length));
  if (missing.length > 0)
    throw new Refusal(
      `${address(kind, id)}: the deployment does not have these secrets yet; set ${missing.map(({ name }) => name).join(", ")}`,
    );
  const sent = secrets.filter(({ value }) => value !== undefined);
  return {
    ...((sent.length > 0 || (!same && secrets.every((secret) => !isMade(secret)))) && {
      secrets: stated(members, sent),
    }),
    notes: [...sent.map(sentNote), ...made.map(madeNote)],
    differences: live ? changedNames(held, named) : [],
  };
}

/** The API makes it where none is sent. */
const isMade = ({ path: [name = ""] }: Secret): boolean => MADE.includes(name);

const sentNote = ({ path, name }: Secret) =>
  `${path.join(".")}: sent from ${name}; whether it differs cannot be seen`;
const madeNote = ({ path, name }: Secret) =>
  `${path.join(".")}: made by the API and shown once, because ${name} is not set`;

/** Single ones come and go with another member of the record, whose difference is seen. */
function changedNames(held: ReadonlySet<string>, named: ReadonlySet<string>): readonly Difference[] {
  const added = [...named].filter((path) => path.includes(".") && !held.has(path));
  const removed = [...held].filter((path) => path.includes(".") && !named.has(path));
  return [
    ...added.map((path) => ({ path: path.split("."), after: "(secret)" })),
    ...removed.map((path) => ({ path: path.split("."), before: "(secret)" })),
  ];
}
