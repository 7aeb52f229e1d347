/** In workerd: a sign-in's script, over and over; in the isolate of its version, or in one of its own each time. */
import type { Broker } from "../../../src/broker.ts";
import { Client } from "../../../src/config/client.ts";
import { STANDARD_SCHEMA } from "../../../src/config/context-attribute.ts";
import { Script } from "../../../src/config/script.ts";
import { Connection } from "../../../src/connectors/index.ts";
import { openKeyring } from "../../../src/crypto/keyring.ts";
import type { Authentication, AuthorizationRequest } from "../../../src/flow.ts";
import { openScripts } from "../../../src/scripts/open.ts";
import { postAuthn } from "../../../src/steps/post-authn.ts";

const KEYRING = openKeyring(`bench:${"A".repeat(43)}`);
const BODY = `module.exports = async function (context) {
  return { authn_ctx: { nickname: "Dear " + context.authn_ctx.given_name } };
};`;

export default {
  async fetch(request: Request, env: { readonly LOADER: WorkerLoader }): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    for (let n = Number(searchParams.get("times")); n > 0; n--) {
      const body = pathname === "/cold" ? `${BODY} // ${crypto.randomUUID()}` : BODY;
      const script = Script.parse({ id: "dear", name: "Dear", body });
      const broker = brokerOf(env.LOADER, script);
      const connection = pathname === "/none" ? POOL : { ...POOL, post_authn_ctx_script: "dear" };
      const { authentication } = await postAuthn(broker, client, asked, connection, ARRIVED);
      const said = authentication.context["nickname"]?.value;
      if (said !== (pathname === "/none" ? undefined : "Dear Ada"))
        throw new Error(`it said ${JSON.stringify(said)}`);
    }
    return new Response("done");
  },
};

function brokerOf(loader: WorkerLoader, script: Script): Broker {
  return {
    workspace: { id: "bench", schema: STANDARD_SCHEMA },
    scripts: openScripts(loader, KEYRING, fetch),
    script: async () => script,
    secrets: async () => ({}),
    headers: new Headers({ "user-agent": "bench", accept: "*/*" }),
    now: () => 0,
  } as unknown as Broker;
}

const POOL = Connection.parse({
  id: "pool",
  name: "Pool",
  method: "cognito",
  settings: { pool_id: "eu-central-1_A", region: "eu-central-1", client_id: "app" },
});
const client = Client.parse({
  client_id: "app",
  client_name: "App",
  token_endpoint_auth_method: "none",
  redirect_uris: ["https://app.example.com/cb"],
});
const asked: AuthorizationRequest = {
  client_id: "app",
  redirect_uri: "https://app.example.com/cb",
  response_mode: "query",
  scope: ["openid", "profile"],
  prompt: [],
  acr_values: [],
  resource: [],
  requested_at: 0,
};
const ARRIVED: Authentication = {
  connection: "pool",
  method: "cognito",
  idp_sub: "s",
  context: {
    given_name: { value: "Ada", lineage: [] },
    email: { value: "ada@example.com", lineage: [] },
  },
};
