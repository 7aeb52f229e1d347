/** Region and pool id name the issuer, in every partition of AWS. */
import { expect, it } from "vitest";
import { cognito } from "../../src/connectors/cognito.ts";

const login = { handle: "h".repeat(22), force: false, select_account: false, acr_values: [] };

async function asked(region: string): Promise<string> {
  const urls: string[] = [];
  const settings = cognito.settings.parse({ pool_id: `${region}_AbCdEfGhI`, region, client_id: "app" });
  const tools = {
    connection: "pool",
    callback: new URL("https://login.example.com/acme/callback/pool"),
    now: () => 1_795_000_000,
    readBefore: async () => undefined,
    fetch: async (input: RequestInfo | URL) => {
      urls.push(String(input instanceof Request ? input.url : input));
      return new Response("{}", { status: 500 });
    },
  };
  await expect(cognito.open(settings, {}, tools).start(login)).rejects.toThrow("discovery document");
  return urls[0] ?? "";
}

it.each([
  ["eu-central-1", "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbCdEfGhI"],
  ["us-gov-west-1", "https://cognito-idp.us-gov-west-1.amazonaws.com/us-gov-west-1_AbCdEfGhI"],
  ["cn-north-1", "https://cognito-idp.cn-north-1.amazonaws.com.cn/cn-north-1_AbCdEfGhI"],
])("%s", async (region, issuer) => {
  expect(await asked(region)).toBe(`${issuer}/.well-known/openid-configuration`);
});

it.each(["eu central-1", "evil.example/#-1", "EU-CENTRAL-1", ""])("a region like %j is refused", (region) => {
  expect(cognito.settings.safeParse({ pool_id: `${region}_A1`, region, client_id: "app" }).success).toBe(
    false,
  );
});

it("a pool of another region is refused", () => {
  const settings = { pool_id: "eu-west-1_AbCdEfGhI", region: "eu-central-1", client_id: "app" };
  expect(cognito.settings.safeParse(settings).error?.issues[0]?.message).toBe(
    "a pool id begins with its region",
  );
});
