/** The token endpoint, with Cognito's bare errors. */
import { createHash } from "node:crypto";
import { spend, type Code } from "./code.ts";
import { faultsOf } from "./faults.ts";
import { mint } from "./mint.ts";
import type { Pool } from "./pool.ts";

const refuse = (error: string) => Response.json({ error }, { status: 400 });

export async function token(request: Request, pool: Pool): Promise<Response> {
  const form = new URLSearchParams(await request.text());
  const client = callerOf(request, form);
  const code = spend(form.get("code"));
  if (!code || !client || code.client !== client || code.pool !== pool.id) return refuse("invalid_grant");
  const has = faultsOf(client);
  if (has("token-500")) return new Response("Internal error", { status: 500 });
  if (has("token-html")) return new Response("<h1>Sorry</h1>", { headers: { "content-type": "text/html" } });
  if (has("token-redirects")) return Response.redirect("https://internal.example.com/token", 307);
  if (has("token-refuses") || !fits(code, form)) return refuse("invalid_grant");
  const { id_token, access_token } = await mint(pool, code, has);
  return Response.json({
    ...(!has("no-id-token") && { id_token }),
    ...(!has("no-access-token") && { access_token }),
    refresh_token: "an-upstream-refresh-token",
    expires_in: 3_600,
    token_type: "Bearer",
  });
}

function callerOf(request: Request, form: URLSearchParams): string | null {
  const basic = /^Basic (.+)$/.exec(request.headers.get("authorization") ?? "")?.[1];
  if (!basic) return form.get("client_id");
  return decodeURIComponent(Buffer.from(basic, "base64").toString().split(":")[0] ?? "");
}

function fits(code: Code, form: URLSearchParams): boolean {
  const verifier = createHash("sha256")
    .update(form.get("code_verifier") ?? "")
    .digest("base64url");
  return code.challenge === verifier && code.redirect === form.get("redirect_uri");
}
