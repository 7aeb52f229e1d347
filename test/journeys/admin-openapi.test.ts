/** The description of the admin API against the API: every route is in it, and the other way round. */
import { describe, expect, it } from "vitest";
import { api as routes } from "../../src/admin/api.ts";
import { ALL_OPERATIONS } from "../../src/admin/openapi/document.ts";
import { RESOURCES } from "../../src/admin/resources.ts";
import { API_SCOPES } from "../../src/config/api-scopes.ts";
import { ORIGIN } from "../bindings.ts";
import { get } from "../raw.ts";
import { read } from "../pages/read.ts";

const text = (await get(`${ORIGIN}/api/openapi.json`)).text;
const document = JSON.parse(text) as {
  openapi: string;
  servers: { url: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
};

interface Operation {
  readonly operationId: string;
  readonly security: readonly { readonly token: readonly string[] }[];
}
interface Schema {
  readonly required?: readonly string[];
  readonly properties?: Record<string, { readonly readOnly?: boolean; readonly writeOnly?: boolean }>;
  readonly oneOf?: readonly Schema[];
}

const described = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.keys(methods).map((method) => `${method} ${path}`),
);

/** `/:workspace/:kind` stands for every resource. */
const routed = routes.routes
  .filter(({ method, path }) => method !== "ALL" && !["/", "/openapi.json"].includes(path))
  .flatMap(({ method, path }) => {
    const url = path.replaceAll(/:(\w+)/g, "{$1}");
    const kinds = url.includes("{kind}") ? RESOURCES.map(({ record }) => record) : [""];
    return kinds.map((kind) => `${method.toLowerCase()} ${url.replace("{kind}", kind)}`);
  });

it("is OpenAPI 3.1 of this deployment, for everybody to read and to keep a while", async () => {
  const answer = await get(`${ORIGIN}/api/openapi.json`);
  expect([answer.status, answer.headers.get("cache-control")]).toEqual([200, "public, max-age=300"]);
  expect([document.openapi, document.servers]).toEqual(["3.1.0", [{ url: `${ORIGIN}/api` }]]);
});

it("has every route, and no other", () => {
  expect(described.toSorted()).toEqual([...new Set(routed)].toSorted());
});

it("names each operation once, with scopes that exist", () => {
  const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));
  const ids = operations.map(({ operationId }) => operationId);
  expect(ids).toEqual([...new Set(ids)]);
  for (const { security } of operations)
    for (const scope of security[0]!.token) expect(API_SCOPES).toContain(scope);
});

it("refers to schemas that are there", () => {
  const references = [...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name!);
  expect(references.length).toBeGreaterThan(50);
  for (const name of references) expect(document.components.schemas, name).toHaveProperty(name);
});

describe("a record's schema", () => {
  it("leaves the id to the URL, hides what is never shown, and says what is only read or only written", () => {
    const { clients, connections, settings } = document.components.schemas;
    expect(clients!.required).toEqual(["client_name"]);
    expect(clients!.properties).not.toHaveProperty("client_secret_hash");
    expect(clients!.properties!["client_secret"]).toMatchObject({ writeOnly: true });
    const cognito = connections!.oneOf![0]!;
    expect(cognito.required).not.toContain("id");
    expect(cognito.properties!["credentials"]).toMatchObject({ writeOnly: true });
    expect(cognito.properties!["redirect_url"]).toEqual({ readOnly: true });
    expect(settings!.properties!["issuer"]).toEqual({ readOnly: true });
  });
});

describe("the reference page", () => {
  it("shows every operation and every schema, and has no script", async () => {
    const page = await get(`${ORIGIN}/api`);
    expect(page.status).toBe(200);
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
    const { tags } = await read(page.text);
    const summaries = tags.filter(({ name }) => name === "summary");
    const schemas = Object.keys(document.components.schemas);
    expect(summaries).toHaveLength(ALL_OPERATIONS.length + schemas.length);
    expect(tags.filter(({ name }) => name === "script")).toEqual([]);
    const ids = tags.flatMap(({ attributes }) => attributes.get("id") ?? []);
    expect(ids).toEqual([...new Set(ids)]);
    const links = tags.flatMap(({ attributes }) => attributes.get("href") ?? []);
    for (const link of links.filter((to) => to.startsWith("#"))) expect(ids).toContain(link.slice(1));
  });
});
