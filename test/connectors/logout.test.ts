/** Where a browser signs out at the provider, too: by the standard, or in Cognito's own words. */
import { expect, it } from "vitest";
import { Connection, openConnector } from "../../src/connectors/index.ts";
import { now } from "../clock.ts";
import { random } from "../world.ts";

const RETURN = new URL("https://login.example.com/acme/me");

async function logout(connection: object): Promise<URL | undefined> {
  const parsed = Connection.parse({ id: "c", name: "C", credentials: { client_secret: "x" }, ...connection });
  const callback = new URL("https://login.example.com/acme/callback/c");
  const connector = openConnector(parsed, {
    connection: "c",
    callback,
    fetch: (...asked) => fetch(...asked),
    now,
    readBefore: async () => undefined,
  });
  return (await connector.logout?.({ return_to: RETURN }))?.to;
}

const oidc = (provider: string) =>
  logout({
    method: "oidc",
    settings: { issuer_url: `https://${provider}.op.example.com`, client_id: "app" },
  });

it("of an OpenID Provider has client_id and post_logout_redirect_uri (RP-Initiated Logout 1.0 §2)", async () => {
  const provider = `0${random()}`;
  const to = await oidc(provider);
  expect(to?.origin).toBe(`https://${provider}.op.example.com`);
  expect(Object.fromEntries(to!.searchParams)).toEqual({
    client_id: "app",
    post_logout_redirect_uri: RETURN.href,
  });
});

it("of a provider without such a place is nowhere", async () => {
  expect(await oidc(`nologout-0${random()}`)).toBeUndefined();
});

it("of a user pool has Cognito's logout_uri", async () => {
  const settings = { region: "eu-central-1", client_id: "app" };
  const to = await logout({
    method: "cognito",
    settings: { ...settings, pool_id: `eu-central-1_0${random()}` },
  });
  expect(to?.pathname).toBe("/logout");
  expect(Object.fromEntries(to!.searchParams)).toEqual({ client_id: "app", logout_uri: RETURN.href });
});
