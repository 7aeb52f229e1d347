/** The workspace of operators comes from a file like every other one, and may be the first of a deployment. */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { CookieJar } from "../../cookie-jar.ts";
import { forms, text } from "../../html.ts";
import { temporary } from "../../interop/vestibule.ts";
import { freePort } from "../../local/ports.ts";
import { loadSecrets, workerSecrets } from "../../local/secrets.ts";
import { startWorker } from "../../local/worker.ts";
import { commandLine, good } from "./stage.ts";

const FILE = `workspace: system
settings: { name: Operators }
clients:
  ci:
    client_name: CI
    grant_types: [client_credentials]
    redirect_uris: []
    scope: workspaces:write clients:write connections:read scripts:read operators:write
    client_secret: { env: CI_SECRET }
operators:
  ci: { client_id: ci, workspaces: ["*"], scopes: ["workspaces:write", "clients:write", "connections:read", "scripts:read", "operators:write"] }
`;

/** What the console shows who enters with the bootstrap key. */
async function enter(origin: string, key: string): Promise<string> {
  const jar = new CookieJar();
  const go = async (to: URL, init: RequestInit = {}): Promise<{ at: URL; html: string }> => {
    const cookie = jar.header({ to, crossSite: false, navigation: true });
    const response = await fetch(to, { redirect: "manual", ...init, headers: { cookie, origin } });
    jar.take(to, response.headers.getSetCookie());
    const location = response.headers.get("location");
    return location ? go(new URL(location, to)) : { at: to, html: await response.text() };
  };
  const { at, html } = await go(new URL("/admin", origin));
  const [form] = forms(html);
  assert.ok(form);
  const body = new URLSearchParams({ ...Object.fromEntries(form.fields), key });
  return (await go(new URL(form.action, at), { method: "POST", body })).html;
}

test("an empty deployment opens on Getting started; system is applied to it, and its client takes over from the bootstrap key", async () => {
  const [folder, port] = [await temporary(), await freePort()];
  const secrets = await loadSecrets(folder);
  const outbound = () => Promise.resolve(new Response(null, { status: 502 }));
  const bindings = { ORIGIN: `http://localhost:${port}`, ...workerSecrets(secrets) };
  const worker = await startWorker({ port, bindings, outbound, log: () => {} });
  after(() => worker.stop());
  const config = commandLine(worker.origin, folder, secrets.bootstrap_key);
  const secret = { CI_SECRET: "z".repeat(40) };

  const console = await enter(worker.origin, secrets.bootstrap_key);
  assert.equal(text(console, "h1"), "Getting started");
  assert.match(console, /First a workspace: one place where apps send people to sign in/);
  assert.doesNotMatch(console, /data-row/);
  assert.match(console, /<button[^>]* id="save"/);

  assert.equal((await config("plan --file -", secret, FILE)).code, 2);
  assert.match(good(await config("apply --file -", secret, FILE)), /^made system$/m);
  const closed = await config("export --workspace system");
  assert.match(closed.stderr, /the bootstrap key is closed since there are operators/);

  const ci = { VESTIBULE_TOKEN: "", VESTIBULE_CLIENT_ID: "ci", VESTIBULE_CLIENT_SECRET: secret.CI_SECRET };
  assert.equal((await config("drift --file -", ci, FILE)).code, 0);
  const exported = good(await config("export --workspace system", ci));
  assert.match(exported, /^operators:\n {2}ci:\n {4}client_id: ci$/m);
  assert.equal(good(await config("plan --file -", ci, exported)), "Workspace system\nno difference\n");
  assert.match(good(await config("apply --file -", ci, "workspace: acme\n")), /^made acme$/m);
});
