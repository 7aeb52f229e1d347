/** Kinds and templates: what the console builds its forms from. */
import { describe, expect, it } from "vitest";
import { CONNECTOR_KINDS } from "../../src/connectors/index.ts";
import { presetOf } from "../../src/connectors/templates/preset.ts";
import { TEMPLATES } from "../../src/connectors/templates/index.ts";
import { must } from "../api.ts";
import { makeWorld } from "../world.ts";

interface Kind {
  readonly method: string;
  readonly form: Record<"settings" | "credentials", Record<string, { label: string }>>;
  readonly settings: { readonly properties: object };
  readonly credentials: { readonly properties: object };
}

describe("GET /api/connection-kinds", () => {
  it("has the words of every field of every kind, and no others", async () => {
    const { items } = (await must("GET", "connection-kinds")) as unknown as { items: Kind[] };
    expect(items.map(({ method }) => method)).toEqual(CONNECTOR_KINDS.map(({ method }) => method));
    for (const { form, settings, credentials } of items) {
      expect(Object.keys(form.settings).toSorted()).toEqual(Object.keys(settings.properties).toSorted());
      expect(Object.keys(form.credentials).toSorted()).toEqual(
        Object.keys(credentials.properties).toSorted(),
      );
    }
  });
});

describe("GET /api/connection-templates", () => {
  it("has every template once", async () => {
    const { items } = (await must("GET", "connection-templates")) as unknown as { items: { id: string }[] };
    expect(items.map(({ id }) => id)).toEqual([...new Set(TEMPLATES.map(({ id }) => id))]);
  });
});

describe.each(TEMPLATES.map((template) => [template.id, template] as const))(
  "the template %s",
  (_, template) => {
    const kind = CONNECTOR_KINDS.find(({ method }) => method === template.method)!;
    const fields: object = { ...kind.form.settings, ...kind.form.credentials };

    it("speaks of fields that its kind has, and asks for what its settings take", () => {
      expect(Object.keys(fields)).toEqual(expect.arrayContaining(Object.keys(template.fields)));
      expect(Object.keys(fields)).toEqual(expect.arrayContaining(Object.keys(template.settings)));
      const taken = [...JSON.stringify(template.settings).matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect(new Set(taken)).toEqual(new Set(template.asks.map(({ name }: { name: string }) => name)));
    });
  },
);

describe("a preset", () => {
  const settings = {
    issuer_url: "https://{domain}/oauth2/default",
    tenants: "{tenants}",
    required: { hd: "{hd}" },
    kept: [],
    literal: true,
  };

  it("puts answers in their places, as text or as they are", () => {
    const answers = { domain: " dev.example.com ", tenants: ["a", " ", "b"], hd: ["example.com"] };
    expect(presetOf({ settings }, answers)).toEqual({
      issuer_url: "https://dev.example.com/oauth2/default",
      tenants: ["a", "b"],
      required: { hd: ["example.com"] },
      kept: [],
      literal: true,
    });
  });

  it("leaves out what was not answered", () => {
    expect(presetOf({ settings }, { domain: "", tenants: [] })).toEqual({ kept: [], literal: true });
    expect(presetOf({ settings: { a: "{constructor}" } }, {})).toEqual({});
  });
});

describe("a connection made from a template", () => {
  /** What an operator would answer and fill in. */
  const ANSWERS = {
    tenant: "11111111-1111-1111-1111-111111111111",
    domain: "idp.example.com",
    server: "https://idp.example.com",
    realm: "people",
  };
  const FILLED: Record<string, object> = {
    cognito: { pool_id: "eu-central-1_AbCdEfGhI", region: "eu-central-1" },
    oidc: { issuer_url: "https://idp.example.com" },
    oauth2: {
      issuer_url: "https://idp.example.com",
      authorization_endpoint: "https://idp.example.com/authorize",
      token_endpoint: "https://idp.example.com/token",
      userinfo_endpoint: "https://idp.example.com/user",
    },
    saml: { metadata_url: "https://idp.example.com/metadata" },
  };
  const PEM = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";

  it.each(TEMPLATES.map((template) => [template.id, template] as const))(
    "%s is one",
    async (id, template) => {
      const world = await makeWorld();
      const { method, attributes, mappings } = template;
      const client_id = method === "saml" ? {} : { client_id: "app" };
      const credentials = method === "saml" ? { signing_key: PEM } : { client_secret: "a-secret" };
      const written = await world.put(`connections/${id}`, {
        name: template.name,
        method,
        template: id,
        settings: { ...presetOf(template, ANSWERS), ...FILLED[id], ...client_id },
        credentials,
        ...(attributes && { attributes }),
        ...(mappings && { mappings }),
      });
      expect(written).toMatchObject({ template: id, method, credentials_set: Object.keys(credentials) });
    },
  );

  it("is let in by tenant where there are several", () => {
    const tenants = ["11111111-1111-1111-1111-111111111111"];
    const entra = TEMPLATES.find(({ id }) => id === "entra-id")!;
    expect(presetOf(entra, { tenant: "organizations", tenants })).toEqual({
      issuer_url: "https://login.microsoftonline.com/organizations/v2.0",
      tenants,
    });
  });

  it("is open to every Google account only where no domain was given", () => {
    const google = TEMPLATES.find(({ id }) => id === "google")!;
    expect(presetOf(google, {})).toEqual({ issuer_url: "https://accounts.google.com" });
    expect(presetOf(google, { domain: "example.com" })).toMatchObject({
      required_claims: { hd: ["example.com"] },
    });
  });
});
