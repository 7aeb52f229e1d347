/** KV answers what it answered before: what operators decided meanwhile holds all the same (design §4, Freshness). */
import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import { send } from "../load/http.ts";
import { APP, SECRET, type Workspace } from "../load/workspace.ts";
import type { Fault } from "./index.ts";

/** Milliseconds after which nothing works any more that was switched off. */
const FRESH = 10_000;

/** Whether a browser is sent to the provider. */
async function opens({ issuer }: Workspace, client_id: string, idp_hint: string): Promise<boolean> {
  const query = { client_id, redirect_uri: APP, response_type: "code", scope: "openid", idp_hint };
  const { location } = await send(`${issuer}/oauth2/authorize?${new URLSearchParams(query)}`);
  return location.includes(".amazoncognito.com/");
}

export const frozen: Fault = {
  name: "KV frozen",
  async run(world) {
    const workspace = await world.workspace();
    const client = { client_name: "App", client_secret: SECRET, redirect_uris: [APP] };
    await workspace.put("/clients/old", client);
    await workspace.connect("old");
    assert.ok(await opens(workspace, "old", "old"));
    await world.frozen(workspace, async () => {
      await workspace.put("/clients/old", { ...client, disabled: true });
      await workspace.connect("old", { disabled: true });
      await workspace.put("/clients/new", client);
      await workspace.connect("new");
    });
    assert.ok(await opens(workspace, "new", "new"), "what is new works at once");
    await wait(FRESH);
    assert.equal(await opens(workspace, "old", "pool"), false, "a client that was switched off");
    assert.equal(await opens(workspace, "app", "old"), false, "a connection that was switched off");
    await world.kill();
    assert.equal(
      await opens(workspace, "old", "pool"),
      false,
      "the client in another isolate, which reads KV",
    );
    assert.equal(await opens(workspace, "app", "old"), false, "the connection there");
    assert.ok(await opens(workspace, "new", "new"), "what is new, there");
    return "a new client and connection worked at once, those switched off were refused after ten seconds, and in a new isolate";
  },
};
