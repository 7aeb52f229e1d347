/** The admin API as OpenAPI 3.1, from the same schemas that judge what is written. */
import { Backup } from "../../config/backup.ts";
import { ExecutionPoints } from "../execution-points.ts";
import { TestRun } from "../../config/script-test.ts";
import { API_SCOPES } from "../../config/api-scopes.ts";
import type { JsonObject } from "../../flow.ts";
import type { AppContext } from "../../http/context.ts";
import type { Deployment } from "../../http/deployment.ts";
import { COLUMNS } from "../lineage/node.ts";
import { OPERATIONS, type Operation } from "./operations.ts";
import { RECORD_OPERATIONS } from "./records.ts";
import { recordSchemas, schema } from "./schemas.ts";

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

const SHAPES: JsonObject = {
  Debug: {
    type: "object",
    properties: {
      debug_until: { type: "integer" },
      executions: { type: "array", items: { type: "object" } },
    },
    required: ["debug_until", "executions"],
  },
  Execution: {
    type: "object",
    properties: {
      id: { type: "string" },
      as: { enum: ["succeeded", "failed"] },
      input: { type: "object" },
      output: {},
      error: {
        type: "object",
        properties: {
          name: { type: "string" },
          message: { type: "string" },
          line: { type: "integer" },
          column: { type: "integer" },
        },
      },
      console: { type: "array", items: { type: "object" } },
      duration: { type: "number" },
    },
    required: ["as", "input", "console", "duration"],
  },
  List: {
    type: "object",
    properties: { items: { type: "array", items: { type: "object" } }, next: { type: "string" } },
    required: ["items"],
  },
  Restored: { type: "object", properties: { workspace: { type: "string" }, keys: { type: "integer" } } },
  Caller: {
    type: "object",
    properties: {
      by: { type: "string" },
      scopes: { type: "array", items: { type: "string" } },
      workspaces: { type: "array", items: { type: "string" } },
      rights: {
        type: "array",
        items: {
          type: "object",
          properties: {
            scopes: { type: "array", items: { type: "string" } },
            workspaces: { type: "array", items: { type: "string" } },
          },
          required: ["scopes", "workspaces"],
        },
      },
    },
    required: ["by", "scopes", "workspaces", "rights"],
  },
  Resealed: {
    type: "object",
    properties: {
      under: { type: "string" },
      sealed: { type: "array", items: { type: "string" } },
      unreadable: { type: "array", items: { type: "string" } },
    },
    required: ["under", "sealed", "unreadable"],
  },
  Subject: { type: "object", properties: { subject: { type: "string" } }, required: ["subject"] },
  SignIn: {
    type: "object",
    properties: {
      at: { type: "integer" },
      connection: { type: "string" },
      read: { type: "array", items: { type: "object" } },
      mapped: { type: "array", items: { type: "object" } },
      changed: { type: "array", items: { type: "object" } },
      clients: { type: "array", items: { type: "object" } },
      values: { type: "object" },
    },
    required: ["at", "connection", "read", "mapped", "changed", "clients"],
  },
  Lineage: {
    type: "object",
    properties: {
      nodes: {
        type: "array",
        items: {
          type: "object",
          properties: {
            id: { type: "string" },
            column: { enum: [...COLUMNS] },
            name: { type: "string" },
            display_name: { type: "string" },
            connection: { type: "string" },
            type: { type: "string" },
            token: { enum: ["id_token", "access_token"] },
            opaque: { type: "boolean" },
            required: { type: "boolean" },
            disabled: { type: "boolean" },
            dead_ends: { type: "array", items: { type: "string" } },
          },
          required: ["id", "column", "name"],
        },
      },
      edges: {
        type: "array",
        items: {
          type: "object",
          properties: {
            from: { type: "string" },
            to: { type: "string" },
            as: { enum: ["read", "mapped", "set", "carried", "released", "granted"] },
            mapping: { type: "integer" },
            among: { type: "integer" },
            converts: { type: "boolean" },
            dead_ends: { type: "array", items: { type: "string" } },
          },
          required: ["from", "to", "as"],
        },
      },
      more: { type: "array", items: { type: "string" } },
    },
    required: ["nodes", "edges"],
  },
  SilentMappings: {
    type: "object",
    properties: {
      items: {
        type: "array",
        items: {
          type: "object",
          properties: {
            connection: { type: "string" },
            mapping: { type: "integer" },
            source: { type: "string" },
            target: { type: "string" },
            why: { enum: ["never_fits", "userinfo_off", "no_attribute", "no_value"] },
            sign_ins: { type: "integer" },
          },
          required: ["connection", "mapping", "target", "why"],
        },
      },
      more: { type: "boolean" },
    },
    required: ["items"],
  },
  Metrics: {
    type: "object",
    properties: {
      from: { type: "integer" },
      to: { type: "integer" },
      sign_ins: { type: "array", items: { type: "object" } },
      refusals: { type: "array", items: { type: "object" } },
    },
    required: ["from", "to", "sign_ins", "refusals"],
  },
  Findings: {
    type: "object",
    properties: {
      findings: {
        type: "array",
        items: {
          type: "object",
          properties: Object.fromEntries(
            ["of", "is", "certainty", "fault", "says", "or", "remedy"].map((name) => [
              name,
              { type: "string" },
            ]),
          ),
          required: ["of", "is", "certainty", "says"],
        },
      },
    },
    required: ["findings"],
  },
  Problem: {
    type: "object",
    properties: {
      title: { type: "string" },
      status: { type: "integer" },
      request_id: { type: "string" },
      errors: {
        type: "array",
        items: {
          type: "object",
          properties: { path: { type: "string" }, message: { type: "string" } },
          required: ["path", "message"],
        },
      },
      used_by: { type: "array", items: { type: "string" } },
    },
    required: ["title", "status", "request_id"],
  },
};
