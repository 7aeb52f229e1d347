/** A workspace with something of everything, and one with nothing. */
import type { Local } from "../../local/local.ts";

const LONG =
  "Wissenschaftsverwaltungsgesellschaft für Angelegenheiten außerordentlicher Länge, Zweigstelle Süd";
const SCRIPT = `module.exports = async function (context) {
  // Says hello.
  console.log("greeting", context.authn_ctx.given_name);
  return { authn_ctx: { nickname: "Dear " + context.authn_ctx.given_name } };
};`;

export async function fill({ origin, secrets }: Local): Promise<void> {
  const call = async (method: string, path: string, body?: object) => {
    const answer = await fetch(`${origin}/api/workspaces/${path}`, {
      method,
      headers: { authorization: `Bearer ${secrets.bootstrap_key}`, "content-type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  };
  const put = (path: string, body: object) => call("PUT", path, body);
  await put("empty", { name: "Empty" });
  for (let at = 1; at <= 120; at++)
    await put(`demo/clients/app-${String(at).padStart(4, "0")}`, {
      client_name: at === 1 ? LONG : at === 2 ? "مكتبة مريم" : `Application ${at}`,
      redirect_uris: ["https://app.example.com/callback"],
      disabled: at % 7 === 0,
      trusted: at % 5 === 0,
    });
  await put("demo/connections/a-connection-whose-id-is-as-long-as-an-id-may-be-just-about-64-c", {
    name: LONG,
    method: "oidc",
    display_order: 9,
    settings: { issuer_url: "https://unreachable.example.com/realms/one", client_id: "vestibule" },
    credentials: { client_secret: "a-secret-that-is-wrong" },
  });
  await put("demo/connections/code", {
    name: "مكتبة GitHub",
    method: "oauth2",
    settings: {
      issuer_url: "https://code.example.com",
      authorization_endpoint: "https://code.example.com/authorize",
      token_endpoint: "https://code.example.com/token",
      userinfo_endpoint: "https://code.example.com/user",
      client_id: "vestibule",
      subject: "id",
    },
    credentials: { client_secret: "a-secret-that-is-wrong" },
  });
  await put("demo/secrets/CRM_KEY", { description: "Key of the CRM", secret: "a-secret-of-a-script" });
  await put("demo/scripts/dear", {
    name: "Dear",
    body: SCRIPT,
    hosts: ["api.example.com"],
    secrets: ["CRM_KEY"],
  });
  await call("PATCH", "demo/scripts/dear", { body: `${SCRIPT}\n// Second version` });
  await call("PATCH", "demo/scripts/dear", { body: `${SCRIPT}\n// Third version`, name: "Dear person" });
  await call("PUT", "demo/scripts/dear/debug");
  await put("demo/scripts/unruly", {
    name: "Unruly",
    body: "module.exports = async () => { throw new Error('no') }",
    on_error: "continue",
  });
  await call("PATCH", "demo/connections/customers", { post_authn_ctx_script: "dear" });
  await put("demo/apis/orders", { identifier: "https://api.example.com/orders", name: "Orders" });
  await put("demo/linking-rules/people", { connections: ["customers", "staff"] });
}
