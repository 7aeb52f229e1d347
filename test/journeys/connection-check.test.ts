/** The connection check of generic providers, and who may ask for one. Cognito's is held against the local pool (`interop/`). */
import { beforeAll, describe, expect, it } from "vitest";
import { api, must, problem } from "../api.ts";
import { now, pass } from "../clock.ts";
import { asked } from "../seen.ts";
import { random } from "../world.ts";
import { makeWorld, type World } from "../world.ts";

let world: World;

beforeAll(async () => {
  world = await makeWorld();
});

interface Finding {
  readonly of: string;
  readonly is: string;
  readonly certainty: string;
  readonly fault?: string;
}

async function check(id: string, body?: object) {
  const answer = await must("POST", `workspaces/${world.id}/connections/${id}/check`, body);
  return answer["findings"] as unknown as Finding[];
}

/** Without the clock: the provider's is not the test's. */
const short = (findings: readonly Finding[]) =>
  findings
    .filter(({ of }) => of !== "clock")
    .map(({ of, is, certainty, fault }) => [of, is, certainty, fault].filter(Boolean).join(" "));

const GOOD = [
  "discovery good certain",
  "client_id good certain",
  "redirect_url good likely",
  "scopes good likely",
];

const unsaved = (provider: string, settings: object = {}, client_secret?: string) => ({
  name: "Not saved",
  method: "oidc",
  settings: { issuer_url: `https://${provider}.op.example.com`, client_id: "app", ...settings },
  credentials: { client_secret: client_secret ?? "a secret: with (reserved) characters/& umläut" },
});

describe("a connection to any OpenID Provider", () => {
  it("that is right: what the standards leave open is only likely", async () => {
    await world.oidc("right");
    expect(short(await check("right"))).toEqual(GOOD);
  });

  it("is checked as it stands in a form, with the saved credentials where the form has none", async () => {
    const provider = await world.oidc("form");
    const { credentials: _, ...body } = unsaved(provider, { scopes: ["openid"] });
    expect(short(await check("form", body))).toEqual(GOOD);
    expect(short(await check("form", unsaved(provider, {}, "wrong")))).toContain(
      "client_id bad likely client_unknown",
    );
  });

  it.each<[string, string[]]>([
    ["otherissuer", ["discovery bad certain discovery_unusable"]],
    ["discoverydown", ["discovery bad likely discovery_unreachable"]],
    [
      "strict",
      [
        "discovery good certain",
        "client_id good certain",
        "redirect_url bad likely redirect_url_not_registered",
        "scopes unknown certain",
      ],
    ],
    [
      "noscope",
      [
        "discovery good certain",
        "client_id good certain",
        "redirect_url good certain",
        "scopes bad certain scope_not_allowed",
      ],
    ],
    [
      "parfails",
      [
        "discovery good certain",
        "client_id good certain",
        "redirect_url bad likely redirect_url_not_registered",
        "scopes unknown certain",
      ],
    ],
  ])("at a provider that is %s", async (word, findings) => {
    expect(short(await check("unsaved", unsaved(`${word}-0${random()}`)))).toEqual(findings);
  });

  it("at a provider that nobody knows", async () => {
    expect(short(await check("unsaved", unsaved(`silent-0${random()}`)))).toEqual([
      "discovery bad likely discovery_unreachable",
    ]);
  });

  it("with a key that cannot be read", async () => {
    const body = {
      ...unsaved(`0${random()}`, { token_endpoint_auth_method: "private_key_jwt" }),
      credentials: { private_key: "not a key" },
    };
    expect(short(await check("unsaved", body))).toEqual([
      "discovery good certain",
      "client_secret bad certain secret_wrong",
    ]);
  });
});

it.each([
  [-31, "bad"],
  [-30, "good"],
  [0, "good"],
  [30, "good"],
  [31, "bad"],
])("a clock that is %i seconds ahead is %s", async (ahead, is) => {
  pass(0);
  const findings = await check("unsaved", unsaved(`iss-0t${now() + ahead}`));
  expect(findings.find(({ of }) => of === "clock")?.is).toBe(is);
});

it("asks a provider a bounded number of times, however many scopes there are", async () => {
  const provider = `noscope-0${random()}`;
  const scopes = ["openid", ...Array.from({ length: 40 }, (_, n) => `scope-${n}`)];
  await check("unsaved", unsaved(provider, { scopes }));
  expect((await asked(provider)).length).toBe(3);
});

it("keeps no memory: what was mended is seen at the next check, and what broke, too", async () => {
  const provider = await world.oidc("again");
  await check("again");
  await check("again");
  expect((await asked(provider, "/openid-configuration")).length).toBe(2);
});

describe("is refused:", () => {
  const at = (id: string) => `workspaces/${world.id}/connections/${id}/check`;

  it("a connection that is not there", async () => {
    expect(problem(await api("POST", at("nobody")))).toEqual([404, "there is no such record"]);
    expect(problem(await api("POST", at("no!body")))).toEqual([404, "there is no such record"]);
  });

  it("a record that could not be saved, with the fields that are wrong", async () => {
    const wrong = unsaved("0x", { issuer_url: "https://10.0.0.1", client_id: "" });
    const answer = await api("POST", at("unsaved"), wrong);
    expect(problem(answer)).toEqual([
      422,
      "the record is not valid",
      "settings.issuer_url",
      "settings.client_id",
    ]);
  });

  it("the credentials that it would need and that are neither sent nor saved", async () => {
    const { credentials: _, ...body } = unsaved("0x");
    expect(problem(await api("POST", at("unsaved"), body))).toEqual([
      422,
      "the record is not valid",
      "credentials.client_secret",
    ]);
  });
});

it("is in the audit, with the operator and what was found, and without what was sent", async () => {
  await check("audited", unsaved(`otherissuer-0${random()}`));
  const found = await must(
    "GET",
    `workspaces/${world.id}/audit-events?type=connection_checked&connection=audited`,
  );
  expect(found["items"]).toMatchObject([
    {
      type: "connection_checked",
      connection: "audited",
      faults: ["discovery_unusable"],
      by: "bootstrap key",
    },
  ]);
  expect(JSON.stringify(found)).not.toContain("umläut");
});
