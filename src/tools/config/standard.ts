/** What is in a workspace when it is made. A file leaves it out, and says `null` for what was removed of it. */
import { STANDARD_CLAIMS } from "../../config/claim.ts";
import { STANDARD_SCHEMA } from "../../config/context-attribute.ts";
import { STANDARD_SCOPES } from "../../config/scope.ts";
import { adminApi, adminScopes, consoleClient } from "../../config/system.ts";
import type { JsonObject } from "../../flow.ts";
import { address, idOf, kindsOf } from "./kinds.ts";
import { normal } from "./normal.ts";

/** Address → record. @param api what the admin API is called, where it is the workspace `system` */
export function standardRecords(workspace: string, api?: string): ReadonlyMap<string, JsonObject> {
  const made: Readonly<Record<string, readonly object[]>> = {
    scopes: [...STANDARD_SCOPES, ...(api === undefined ? [] : adminScopes())],
    schema: STANDARD_SCHEMA,
    claims: STANDARD_CLAIMS,
    apis: api === undefined ? [] : [adminApi(api)],
    clients: api === undefined ? [] : [consoleClient(api.replace(/\/api$/, ""))],
  };
  const records = kindsOf(workspace).flatMap((kind) =>
    (made[kind.name] ?? []).map((record): [string, JsonObject] => {
      const id = idOf(kind, record as JsonObject);
      const judged = normal(kind, id, record as JsonObject);
      if ("issues" in judged) throw new TypeError(`the standard record ${id} is not valid`);
      return [address(kind, id), judged.body];
    }),
  );
  return new Map(records);
}
