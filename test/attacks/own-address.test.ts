/** An address of our own that an operator supplies is answered in process, where no platform counts (threats 18 and 25). */
import { expect, it } from "vitest";
import { get, told } from "../raw.ts";
import { makeWorld } from "../world.ts";

it("a provider whose metadata are at the sign-in that needs them ends that sign-in, and not the isolate", async () => {
  const world = await makeWorld();
  const app = await world.client("app");
  const { url } = await app.begin({ idp_hint: "loop" });
  await world.put("connections/loop", { name: "Loop", method: "saml", settings: { metadata_url: url.href } });
  const answer = await get(url);
  expect([answer.status, told(new URL(answer.headers.get("location")!))]).toMatchObject([
    303,
    { error: expect.stringMatching(/^(?:server_error|temporarily_unavailable)$/) },
  ]);
});
