/** The six operations of every record, from the list of resources. */
import { RESOURCES, type Resource } from "../resources.ts";
import { type Operation, WRITE } from "./operations.ts";

/** Records that say when what they prove themselves with ends. */
const EXPIRING: readonly string[] = ["connections", "clients"];

export const RECORD_OPERATIONS: readonly Operation[] = RESOURCES.flatMap(operationsOf);

function operationsOf({ record, area, one, many }: Resource): Operation[] {
  const all = `/workspaces/{workspace}/${record}`;
  const each = `${all}/{id}`;
  const read = { tag: many, scope: `${area}:read` } as const;
  const write = { tag: many, scope: `${area}:write`, body: record, terms: WRITE } as const;
  return [
    {
      ...read,
      method: "get",
      path: all,
      summary: `List ${many}`,
      answers: { 200: "List" },
      query: ["limit", "after", "search", ...(EXPIRING.includes(record) ? ["expires_before"] : [])],
    },
    {
      ...write,
      method: "post",
      terms: ["Idempotency-Key"],
      path: all,
      summary: `Create one ${one}; the id may be left out`,
      answers: { 201: record },
    },
    { ...read, method: "get", path: each, summary: `Show one ${one}`, answers: { 200: record } },
    {
      ...write,
      method: "put",
      path: each,
      summary: `Write one ${one} whole`,
      answers: { 200: record, 201: record },
    },
    {
      ...write,
      method: "patch",
      path: each,
      summary: `Change one ${one} by a merge patch`,
      answers: { 200: record },
    },
    {
      tag: many,
      scope: `${area}:write`,
      method: "delete",
      terms: ["If-Match"],
      path: each,
      summary: `Delete one ${one} that nothing names`,
      answers: { 204: "done" },
    },
  ];
}
