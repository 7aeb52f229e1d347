/** Operators: who may use the admin API. Records of the workspace `system`. */
import * as z from "zod";
import { API_SCOPES } from "./api-scopes.ts";
import { ClientId, RecordId, WorkspaceId } from "./ids.ts";
import { Path } from "./path.ts";

/** A condition on the authentication context of a person: the attribute is, or contains, the value. */
const Role = z.strictObject({
  /** Path in the authentication context, for example `groups`. */
  attribute: Path,
  value: z.union([z.string().min(1).max(500), z.boolean()]),
  /** Only people of this connection of `system`. Without it a value that any provider may say is enough. */
  connection: RecordId.optional(),
});

export const Operator = z
  .strictObject({
    id: RecordId,
    name: z.string().max(100).default(""),
    /** A client of `system`, by client credentials. */
    client_id: ClientId.optional(),
    /** People by a role. */
    role: Role.optional(),
    /** People by the e-mail address that Cloudflare Access vouches for. */
    access_email: z.email().max(300).optional(),
    scopes: z.array(z.enum(API_SCOPES)).min(1),
    /** Workspaces that this operator may see and change; `*` for all, also those to come. */
    workspaces: z
      .array(z.union([z.literal(["*", "system"]), WorkspaceId]))
      .min(1)
      .max(200),
    disabled: z.boolean().default(false),
  })
  .superRefine(({ client_id, role, access_email }, context) => {
    if ([client_id, role, access_email].filter((way) => way !== undefined).length !== 1)
      context.addIssue({
        code: "custom",
        path: ["client_id"],
        message: "exactly one of client_id, role, access_email",
      });
  });
export type Operator = z.infer<typeof Operator>;
