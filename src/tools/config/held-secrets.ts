/** Which secrets a record has in the deployment. The API shows names, never values. */
import type { JsonObject } from "../../flow.ts";
import type { Kind } from "./kinds.ts";

/** Secrets that go with another member. */
const WITH: Readonly<Record<string, (shown: JsonObject) => boolean>> = {
  client_secret: ({ token_endpoint_auth_method: method }) =>
    typeof method === "string" && method.startsWith("client_secret"),
  secret: () => true,
  audit_webhook_secret: (shown) => Object.hasOwn(shown, "audit_webhook"),
};

/** @returns paths, such as `credentials.client_secret` */
export function heldSecrets({ writeOnly }: Kind, shown: JsonObject): string[][] {
  return writeOnly.flatMap((name) => {
    const held = WITH[name];
    if (held) return held(shown) ? [[name]] : [];
    const names = shown[`${name}_set`];
    return Array.isArray(names) ? names.map((part) => [name, part as string]) : [];
  });
}
