/** What an operator should look at: connections that fail, secrets that end soon, a workspace without a way in. */
import type { JsonObject } from "../../flow.ts";
import type { Desk } from "./desk.ts";
import { text } from "./text.ts";
import { bootstrapUses, opened } from "./attention/bootstrap.ts";
import { silenceOf } from "./attention/silence.ts";
import { DAY, type Todo } from "./attention/todo.ts";

/** Seconds before the end of a credential at which it is shown. */
const SOON = 30 * DAY;

export async function attention(desk: Desk): Promise<Todo[]> {
  const now = Math.floor(Date.now() / 1_000);
  // Only what ends is read: there may be thousands that do not.
  const soon = `limit=200&expires_before=${now + SOON}`;
  const [first, connections, clients, alerts, silent, uses] = await Promise.all([
    desk.may("connections", "read") ? items(desk, "connections?limit=1") : undefined,
    desk.may("connections", "read") ? items(desk, `connections?${soon}`) : [],
    desk.may("clients", "read") ? items(desk, `clients?${soon}`) : [],
    items(desk, "audit-events?type=alert&limit=50"),
    desk.may("connections", "read") && desk.may("workspaces", "read") ? items(desk, "silent-mappings") : [],
    bootstrapUses(desk, now),
  ]);
  const atConnection = (id: string) =>
    desk.href(
      desk.may("connections", "read")
        ? `/identity-providers/${encodeURIComponent(id)}`
        : `/audit-log?connection=${encodeURIComponent(id)}`,
    );
  const failing = new Map(
    alerts
      .filter((alert) => alert["alert"] === "connection_failing" && Number(alert["at"]) > now - DAY)
      .map((alert) => [text(alert, "connection"), alert]),
  );
  const unreadable = new Set(
    alerts
      .filter((alert) => alert["alert"] === "metadata_unreadable" && Number(alert["at"]) > now - DAY)
      .map((alert) => text(alert, "connection")),
  );
  return [
    ...(first?.length === 0 ? [EMPTY(desk)] : []),
    ...(uses.length > 0 ? [opened(uses, desk)] : []),
    ...[...failing].map(([id, alert]) => ({
      title: `The connection ${id} fails.`,
      detail: `${text(alert, "failures")} sign-ins in a row; the last one because of “${text(alert, "upstream")}”.`,
      to: atConnection(id),
      words: "Look at it",
    })),
    ...ending(connections, now, "certificates_expire_at").map((record) => ({
      title: `The provider certificate of the connection ${text(record, "name")} ${whenOf(record, now, desk, "certificates_expire_at")}.`,
      detail:
        "Ask the provider for its next one. Until that is here sign-ins still go on, and the provider may stop to sign with the old one at any time.",
      to: atConnection(text(record, "id")),
      words: "Look at it",
    })),
    ...[...unreadable].map((id) => ({
      title: `The metadata of the connection ${id} cannot be read.`,
      detail:
        "Its address did not answer with metadata of an identity provider. What was known before is used while it lasts.",
      to: atConnection(id),
      words: "Look at it",
    })),
    ...ending(connections, now).map((record) => ({
      title: `The secret of the connection ${text(record, "name")} ${whenOf(record, now, desk)}.`,
      detail: "Make a new one at the provider and enter it here before that day.",
      to: atConnection(text(record, "id")),
      words: "Replace it",
    })),
    ...ending(clients, now).map((record) => ({
      title: `The secret or keys of ${text(record, "client_name")} ${whenOf(record, now, desk)}.`,
      detail: "Make a new one and give it to the app before that day.",
      to: desk.href(`/applications/${encodeURIComponent(text(record, "client_id"))}`),
      words: "Replace it",
    })),
    ...silenceOf(silent, desk),
  ];
}

const EMPTY = (desk: Desk): Todo => ({
  title: "Nobody can sign in yet.",
  detail: "The workspace has no identity provider.",
  to: desk.href("/getting-started"),
  words: "Getting started",
});

const ending = (records: readonly JsonObject[], now: number, member = "credentials_expire_at") =>
  records.filter(({ [member]: end, disabled }) => {
    return typeof end === "number" && end < now + SOON && disabled !== true;
  });

function whenOf(record: JsonObject, now: number, { locale }: Desk, member = "credentials_expire_at"): string {
  const end = record[member];
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" });
  const on = day.format(new Date(Number(end) * 1_000));
  return Number(end) <= now ? `ended on ${on}` : `ends on ${on}`;
}

async function items(desk: Desk, path: string): Promise<readonly JsonObject[]> {
  const { body } = await desk.read(path);
  return body["items"] as JsonObject[];
}
