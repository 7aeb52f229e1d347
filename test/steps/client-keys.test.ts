/** The keys of a client that signs: how often its `jwks_uri` is read, and what serves while it is down (RFC 7591 §2). */
import { expect, it } from "vitest";
import type { Broker } from "../../src/broker.ts";
import { Client } from "../../src/config/client.ts";
import { clientKeys } from "../../src/steps/client-keys.ts";
import { random } from "../world.ts";

function client(jwks_uri = `https://keys.example.com/${random()}`) {
  const state = {
    now: 1_800_000_000,
    asked: 0,
    answer: (): Response => Response.json({ keys: [{ kid: "1" }] }),
  };
  const record = Client.parse({
    client_id: "app",
    client_name: "App",
    token_endpoint_auth_method: "private_key_jwt",
    redirect_uris: ["https://app.example.com/cb"],
    jwks_uri,
  });
  const read = (workspace = "one", again?: "again") =>
    clientKeys(
      {
        workspace: { id: workspace },
        now: () => state.now,
        fetch: async () => (state.asked++, state.answer()),
      } as unknown as Broker,
      record,
      again,
    );
  return { state, read };
}
const DOWN = () => new Response("Bad Gateway", { status: 502 });
const UNREADABLE = "the keys of the client could not be read";

it("are read once an hour", async () => {
  const { state, read } = client();
  await read();
  state.now += 3_599;
  await read();
  expect(state.asked).toBe(1);
  state.now += 1;
  await read();
  expect(state.asked).toBe(2);
});

it("are read again for an unknown kid, at most once a minute", async () => {
  const { state, read } = client();
  await read();
  state.now += 59;
  await read("one", "again");
  expect(state.asked).toBe(1);
  state.now += 1;
  await read("one", "again");
  expect(state.asked).toBe(2);
});

it("of one workspace are not another's", async () => {
  const { state, read } = client();
  await read("one");
  await read("two");
  expect(state.asked).toBe(2);
});

it("that could not be read are not asked for again for ten seconds (threat 25)", async () => {
  const { state, read } = client();
  state.answer = DOWN;
  for (let n = 0; n < 3; n++) await expect(read()).rejects.toThrow(UNREADABLE);
  state.now += 9;
  await expect(read()).rejects.toThrow(UNREADABLE);
  expect(state.asked).toBe(1);
  state.now += 1;
  state.answer = () => Response.json({ keys: [] });
  expect([await read(), state.asked]).toEqual([{ keys: [] }, 2]);
});

it("that are known serve while the place is down, and it is asked at most every ten seconds", async () => {
  const { state, read } = client();
  const known = await read();
  state.answer = DOWN;
  state.now += 3_600;
  for (let n = 0; n < 3; n++) expect(await read()).toEqual(known);
  expect(state.asked).toBe(2);
});

it.each<[string, () => Response]>([
  ["HTML", () => new Response("<h1>Keys</h1>")],
  ["an error that looks like keys", () => Response.json({ keys: [] }, { status: 500 })],
  ["no list of keys", () => Response.json({ keys: "x" })],
  ["a list", () => Response.json([])],
  ["null", () => Response.json(null)],
])("that are %s are none", async (_, answer) => {
  const { state, read } = client();
  state.answer = answer;
  await expect(read()).rejects.toThrow(UNREADABLE);
});
