/** What opens the API: a token that was given, or one for a client of `system` (RFC 6749 §4.4, RFC 8707). */
import type { Environment } from "./references.ts";
import { Refusal } from "../refusal.ts";
import { safeOrigin } from "./safe-origin.ts";
import { readSelfDescription } from "./self-description.ts";

export async function readToken(origin: string, environment: Environment): Promise<string> {
  const { VESTIBULE_TOKEN, VESTIBULE_CLIENT_ID, VESTIBULE_CLIENT_SECRET } = environment;
  if (VESTIBULE_TOKEN) return VESTIBULE_TOKEN;
  if (!VESTIBULE_CLIENT_ID || !VESTIBULE_CLIENT_SECRET)
    throw new Refusal("set VESTIBULE_TOKEN, or VESTIBULE_CLIENT_ID and VESTIBULE_CLIENT_SECRET");
  const { api, tokenUrl } = await readSelfDescription(origin);
  safeOrigin("the token endpoint", tokenUrl);
  const body = new URLSearchParams({ grant_type: "client_credentials", resource: api });
  // RFC 6749 §2.3.1: both are form-encoded before they are joined.
  const credentials = [VESTIBULE_CLIENT_ID, VESTIBULE_CLIENT_SECRET].map(encodeURIComponent).join(":");
  const authorization = `Basic ${Buffer.from(credentials).toString("base64")}`;
  const init = { method: "POST", headers: { authorization }, body, redirect: "error" } as const;
  const response = await fetch(tokenUrl, init).catch(() => {
    throw new Refusal(`${tokenUrl} cannot be reached`);
  });
  const answer = (await response.json().catch(() => ({}))) as Record<string, unknown>;
  if (response.ok && typeof answer["access_token"] === "string") return answer["access_token"];
  const { error = response.status, error_description = "" } = answer;
  throw new Refusal(
    `no token for ${VESTIBULE_CLIENT_ID}: ${String(error)} ${String(error_description)}`.trim(),
  );
}
