/** Where scripts run: what each point gives and takes. The API shows these schemas; the types follow from them. */
import * as z from "zod";

const strings = z.record(z.string(), z.array(z.string()));

const Request = z.object({
  /** Without cookies, credentials and what the platform adds. */
  headers: strings,
  /** Of the authorization request. */
  query_params: strings,
});
const ClientInput = z.looseObject({ client_id: z.string() });
const Idp = z.object({ id: z.string(), name: z.string(), method: z.string() });
const Context = z.record(z.string(), z.json());

/** RFC 8176 §1 and OpenID Connect Core §2: the only words of the protocol that a script may say. */
const Amr = z.array(z.string().min(1).max(50)).max(10);
const Acr = z.string().min(1).max(200);

const MintingInput = z.object({
  client: ClientInput,
  /** Absent where a client asks on its own behalf. */
  authn_ctx: Context.optional(),
  grant: z.object({ scope: z.array(z.string()), resource: z.array(z.string()) }),
  subject: z.string().optional(),
});
const MintingOutput = z.object({ access_token: Context.optional(), id_token: Context.optional() });

export const POINTS = {
  post_authn_ctx: {
    target: "connections",
    member: "post_authn_ctx_script",
    input: z.object({
      authn_ctx: Context,
      amr: Amr.optional(),
      acr: z.string().optional(),
      idp_sub: z.string(),
      idp: Idp,
      client: ClientInput,
      request: Request,
    }),
    output: z.object({ authn_ctx: Context.optional(), amr: Amr.optional(), acr: Acr.optional() }),
  },
  allowed_idp_ids: {
    target: "settings",
    member: "allowed_idp_ids_script",
    input: z.object({ idps: z.array(Idp), client: ClientInput, request: Request }),
    // The original's spelling.
    output: z.object({ idps_ids: z.array(z.string()).max(1_000) }),
  },
  token_minting: {
    target: "settings",
    member: "token_minting_script",
    input: MintingInput,
    output: MintingOutput,
  },
  client_token_minting: {
    target: "clients",
    member: "client_token_minting_script",
    input: MintingInput,
    output: MintingOutput,
  },
} as const;
export type Point = keyof typeof POINTS;
export type Input<P extends Point> = z.infer<(typeof POINTS)[P]["input"]>;
export type Output<P extends Point> = z.infer<(typeof POINTS)[P]["output"]>;
