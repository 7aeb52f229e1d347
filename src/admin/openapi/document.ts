/** The admin API as OpenAPI 3.1, from the same schemas that judge what is written. */
import { Backup } from "../../config/backup.ts";
import { ExecutionPoints } from "../execution-points.ts";
import { TestRun } from "../../config/script-test.ts";
import { API_SCOPES } from "../../config/api-scopes.ts";
import type { JsonObject } from "../../flow.ts";
import type { AppContext } from "../../http/context.ts";
import type { Deployment } from "../../http/deployment.ts";
import { OPERATIONS, type Operation } from "./operations.ts";
import { RECORD_OPERATIONS } from "./records.ts";
import { recordSchemas, schema } from "./schemas.ts";
import { SHAPES } from "./shapes.ts";

/** Seconds. */
const MAX_AGE = 300;

export function openapi(c: AppContext): Response {
  c.header("Cache-Control", `public, max-age=${MAX_AGE}`);
  return c.json(document(c.var.deployment));
}

export const ALL_OPERATIONS: readonly Operation[] = [...OPERATIONS, ...RECORD_OPERATIONS];

/** @param deployment the API is at `admin`, its tokens come from `origin` */
export function document({ origin, admin }: Pick<Deployment, "origin" | "admin">): JsonObject {
  const paths: { [path: string]: JsonObject } = {};
  for (const operation of ALL_OPERATIONS)
    paths[operation.path] = { ...paths[operation.path], [operation.method]: described(operation) };
  return {
    openapi: "3.1.0",
    info: {
      title: "Vestibule admin API",
      version: "1",
      description:
        "Send an access token of the workspace `system` for this API, or the bootstrap key, as a Bearer token. Every answer has an `X-Request-Id`.",
    },
    servers: [{ url: `${admin}/api` }],
    security: [{ token: [] }],
    paths,
    components: {
      securitySchemes: {
        token: {
          type: "oauth2",
          flows: {
            clientCredentials: {
              tokenUrl: `${origin}/system/oauth2/token`,
              scopes: Object.fromEntries(API_SCOPES.map((scope) => [scope, ""])),
            },
          },
        },
      },
      schemas: {
        ...recordSchemas(),
        Backup: schema(Backup),
        ScriptTest: schema(TestRun),
        ExecutionPoints: schema(ExecutionPoints),
        ...SHAPES,
      },
    },
  };
}

function described({
  method,
  path,
  tag,
  summary,
  scope,
  also = [],
  body,
  optional,
  answers,
  query = [],
  terms = [],
}: Operation): JsonObject {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => parameter(name, "path", true));
  return {
    tags: [tag],
    summary,
    operationId: `${method} ${path}`.replace(/[^A-Za-z]+/g, "_"),
    security: [{ token: [scope, ...also].filter((needed) => needed !== undefined) }],
    parameters: [
      ...inPath,
      ...query.map((name) => parameter(name, "query", false)),
      ...terms.map((name) => parameter(name, "header", false)),
    ],
    ...(body && {
      requestBody: { required: !optional, content: content(body, method) },
    }),
    responses: {
      ...Object.fromEntries(Object.entries(answers).map(([status, name]) => [status, response(name)])),
      default: {
        description: "what is wrong",
        content: { "application/problem+json": { schema: ref("Problem") } },
      },
    },
  };
}

/** A patch (RFC 7396) may hold any part of a record, and null to remove one. */
function content(name: string, method: string): JsonObject {
  return method === "patch"
    ? { "application/merge-patch+json": { schema: { type: "object" } } }
    : { "application/json": { schema: ref(name) } };
}

function response(name: string): JsonObject {
  return name === "done"
    ? { description: "done" }
    : { description: name, content: { "application/json": { schema: ref(name) } } };
}

function parameter(name: string, where: string, required: boolean): JsonObject {
  return { name, in: where, required, schema: { type: name === "limit" ? "integer" : "string" } };
}

const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
