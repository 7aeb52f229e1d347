/**
 * What attributes and mappings cost of a sign-in: milliseconds of CPU from the provider's claims to the claims of both
 * tokens, beside the same with none of them. Sealing and keeping the lineage is not in it; `bench` has whole sign-ins.
 */
import { Connection } from "../../src/connectors/index.ts";
import { Client } from "../../src/config/client.ts";
import { Claim } from "../../src/config/claim.ts";
import { ContextAttribute } from "../../src/config/context-attribute.ts";
import { WorkspaceSettings } from "../../src/config/workspace.ts";
import { authenticationOf } from "../../src/steps/authentication.ts";
import { asClaims, released } from "../../src/tokens/claims.ts";
import { factsOf } from "../../src/tokens/facts.ts";

/** Milliseconds that a hundred may cost. */
const ALLOWED = 0.3;
const [ROUNDS, TIMES] = [6, 40];

function signIn(count: number): () => void {
  const names = Array.from({ length: count }, (_, index) => `custom:a${index}`);
  const schema = names.map((_, index) => ContextAttribute.parse({ name: `a${index}` }));
  const claims = names.map((_, index) =>
    Claim.parse({
      id: `c${index}`,
      name: `a${index}`,
      type: "id_token",
      source_path: `a${index}`,
      scopes: ["profile"],
    }),
  );
  const connection = Connection.parse({
    id: "pool",
    name: "Pool",
    method: "cognito",
    settings: { pool_id: "eu-central-1_A", region: "eu-central-1", client_id: "app" },
    attributes: names.map((name) => ({ source: "id_token", name })),
    mappings: names.map((name, index) => ({
      source: `id_token.${name}`,
      target: `a${index}`,
      type: "string",
    })),
  });
  const workspace = { id: "bench", schema, claims, settings: WorkspaceSettings.parse({ name: "Bench" }) };
  const id_token = Object.fromEntries(names.map((name) => [name, "a value"]));
  const identity = { issuer: "https://idp.example", subject: "s", sources: { id_token } };
  const client = Client.parse({
    client_id: "app",
    client_name: "App",
    token_endpoint_auth_method: "none",
    redirect_uris: ["https://app.example.com/cb"],
  });
  return () => {
    const authentication = authenticationOf(
      connection,
      workspace,
      identity,
      { forced: false, left_at: 0 },
      0,
    );
    const facts = factsOf(workspace, client, { subject: "s", scope: ["profile"], authentication });
    for (const to of ["id_token", "access_token"] as const)
      asClaims(released(claims, { to, scope: ["openid", "profile"] }, facts), 8_192);
  };
}

/** Milliseconds of CPU each; the best of several rounds, which the rest of the machine disturbed least. */
function cost(work: () => void): number {
  for (let time = 0; time < TIMES; time++) work();
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const before = process.cpuUsage();
    for (let time = 0; time < TIMES; time++) work();
    const { user, system } = process.cpuUsage(before);
    rounds.push((user + system) / 1_000 / TIMES);
  }
  return Math.min(...rounds);
}

const bare = cost(signIn(0));
for (const count of [10, 100, 1_000]) {
  const allowed = count === 100 ? ` (allowed: ${ALLOWED})` : "";
  console.log(
    `${count} attributes and mappings: ${(cost(signIn(count)) - bare).toFixed(3)} ms of CPU${allowed}`,
  );
}
