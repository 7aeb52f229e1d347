/** Audit log: everything that happened in the workspace, the latest first, by what one looks for. */
import { EVENT_TYPES } from "../../../audit/event.ts";
import type { JsonObject } from "../../../flow.ts";
import { When } from "../../../ui/when.tsx";
import type { Desk } from "../desk.ts";
import { Filters } from "../filters.tsx";
import { More } from "../listing.tsx";
import type { Page } from "../page.ts";
import { spelled, text } from "../text.ts";

/** The API's filters (admin/events.ts), and what they are called. */
const FILTERS = {
  type: "Event",
  subject: "Person",
  client_id: "Application",
  connection: "Connection",
  request_id: "Request",
} as const;
type Filter = keyof typeof FILTERS;

export const auditLog: Page = {
  path: "/audit-log",
  area: "audit",
  navigation: "Audit log",
  async get(desk) {
    const asked = Object.fromEntries(
      (Object.keys(FILTERS) as Filter[]).map((name) => [name, desk.param(name)]),
    );
    const after = desk.param("after");
    const given = Object.entries({ ...asked, after }).filter(([, value]) => value);
    const { body } = await desk.read<{ items: readonly JsonObject[]; next?: string }>(
      `audit-events?${new URLSearchParams([["limit", "50"], ...given]).toString()}`,
    );
    const { items, next } = body;
    return {
      title: "Audit log",
      body: (
        <>
          <p class="lead">What happened, the latest first. People are named by their subject only.</p>
          <Search asked={asked} />
          {items.length === 0 ? (
            <p class="empty">
              {next === undefined ? "Nothing fits." : "Nothing fits in these 31 days; look further back."}
            </p>
          ) : (
            <ol class="events">
              {items.map((event) => (
                <Event event={event} desk={desk} />
              ))}
            </ol>
          )}
          <More next={next} query={asked} />
        </>
      ),
    };
  },
};

function Search({ asked }: { asked: Readonly<Record<string, string>> }) {
  const { type, ...words } = FILTERS;
  const chosen = asked["type"] ?? "";
  return (
    <Filters words={words} asked={asked} button={{ id: "filter", label: "Filter" }}>
      <div class="field">
        <label for="type">{type}</label>
        <select id="type" name="type">
          <option value="">All</option>
          {[...EVENT_TYPES, ...(chosen && !EVENT_TYPES.includes(chosen) ? [chosen] : [])].map((one) => (
            <option value={one} selected={one === chosen}>
              {one.replaceAll("_", " ")}
            </option>
          ))}
        </select>
      </div>
    </Filters>
  );
}

/** Members that have a place of their own, or none to be seen. */
const PLACED = new Set(["id", "type", "at", "workspace"]);

function Event({ event, desk }: { event: JsonObject; desk: Desk }) {
  const rest = Object.entries(event).filter(([name]) => !PLACED.has(name));
  const type = text(event, "type");
  return (
    <li class="event">
      <p class="event-head">
        <strong>{type.replaceAll("_", " ")}</strong>
        <When at={Number(event["at"])} locale={desk.locale} />
      </p>
      <dl class="pairs">
        {rest.map(([name, value]) => (
          <div>
            <dt>{name.replaceAll("_", " ")}</dt>
            <dd>
              {Object.hasOwn(FILTERS, name) && typeof value === "string" ? (
                <a href={`?${new URLSearchParams({ [name]: value }).toString()}`}>
                  <bdi>{value}</bdi>
                </a>
              ) : (
                <bdi>{spelled(value)}</bdi>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </li>
  );
}
