/** Answers that are no records, by the names under which the operations refer to them: as JSON Schema. */
import type { JsonObject } from "../../flow.ts";
import { COLUMNS } from "../lineage/node.ts";

export const SHAPES: JsonObject = {
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
