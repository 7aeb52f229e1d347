/** The connection check against the local pool, with each of its faults in turn. */
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { start } from "./vestibule.ts";

const { origin, pool, secrets } = await start();
const { id: client_id, secret: client_secret } = secrets.pool_clients.customers;
afterEach(() => pool.faults.clear());

interface Finding {
  readonly of: string;
  readonly is: string;
  readonly certainty: string;
  readonly fault?: string;
  readonly says: string;
  readonly or?: string;
  readonly remedy?: string;
}

interface Changed {
  /** Another one has another redirect URL. */
  readonly id?: string;
  readonly settings?: object;
  readonly client_secret?: string;
}

async function check({ id = "customers", settings = {}, ...changed }: Changed = {}): Promise<Finding[]> {
  const response = await fetch(`${origin}/api/workspaces/demo/connections/${id}/check`, {
    method: "POST",
    headers: { authorization: `Bearer ${secrets.bootstrap_key}`, "content-type": "application/json" },
    body: JSON.stringify({
      name: "Not saved",
      method: "cognito",
      settings: { pool_id: pool.poolId, region: pool.region, client_id, ...settings },
      credentials: { client_secret: changed.client_secret ?? client_secret },
    }),
  });
  assert.equal(response.status, 200);
  const { findings } = (await response.json()) as { findings: Finding[] };
  for (const { is, says, remedy } of findings) {
    assert.match(says, /\.$/);
    if (is === "bad") assert.ok(remedy, says);
  }
  return findings;
}

const short = (findings: readonly Finding[]) =>
  findings.map(({ of, is, certainty, fault }) => [of, is, certainty, ...(fault ? [fault] : [])].join(" "));

const sentence = (findings: readonly Finding[], fault: string) =>
  findings.find((finding) => finding.fault === fault)!;

test("a connection that is right is right in everything", async () => {
  assert.deepEqual(short(await check()), [
    "discovery good certain",
    "client_id good certain",
    "client_secret good certain",
    "redirect_url good certain",
    "scopes good certain",
    "clock good certain",
  ]);
});

test("the saved connection is checked without a body", async () => {
  const response = await fetch(`${origin}/api/workspaces/demo/connections/customers/check`, {
    method: "POST",
    headers: { authorization: `Bearer ${secrets.bootstrap_key}` },
  });
  const { findings } = (await response.json()) as { findings: Finding[] };
  assert.deepEqual([...new Set(findings.map(({ is }) => is))], ["good"]);
});

test("a region that does not exist", async () => {
  const findings = await check({ settings: { region: "eu-nowhere-1", pool_id: "eu-nowhere-1_VestibuLe" } });
  assert.deepEqual(short(findings), ["discovery bad likely region_unknown"]);
  assert.match(findings[0]!.or!, /network/);
});

test("a pool that the region does not have, and one of another region", async () => {
  for (const settings of [
    { pool_id: "eu-central-1_Unknown" },
    { region: "us-east-1", pool_id: "us-east-1_VestibuLe" },
  ]) {
    const findings = await check({ settings });
    assert.deepEqual(short(findings), ["discovery bad likely pool_unknown"]);
    assert.match(findings[0]!.remedy!, /User pool ID/);
  }
});

test("discovery that is down, or somebody else's", async () => {
  pool.faults.add("discovery-down");
  assert.deepEqual(short(await check()), ["discovery bad likely discovery_unreachable"]);
  pool.faults.clear();
  pool.faults.add("discovery-other");
  assert.deepEqual(short(await check()), ["discovery bad certain discovery_unusable"]);
});

test("a pool without a domain", async () => {
  pool.faults.add("no-domain");
  assert.deepEqual(short(await check()), [
    "discovery good certain",
    "sign_in_page bad certain no_domain",
    "clock good certain",
  ]);
});

test("a domain that is gone: what depends on it is not guessed", async () => {
  pool.faults.add("domain-gone");
  const findings = await check();
  assert.deepEqual(
    findings.map(({ of, fault }) => `${of} ${fault ?? ""}`),
    ["discovery ", "sign_in_page sign_in_page_unreachable", "clock "],
  );
});

test("an app client that the pool does not know: its secret cannot be judged", async () => {
  const findings = await check({ settings: { client_id: "z".repeat(26) } });
  assert.deepEqual(short(findings), [
    "discovery good certain",
    "client_id bad likely client_unknown",
    "client_secret unknown certain",
    "redirect_url unknown certain",
    "scopes unknown certain",
    "clock good certain",
  ]);
  assert.match(sentence(findings, "client_unknown").remedy!, /Client ID/);
});

test("a redirect URL that is not registered", async () => {
  const findings = await check({ id: "unregistered" });
  assert.deepEqual(short(findings), [
    "discovery good certain",
    "client_id good certain",
    "client_secret good certain",
    "redirect_url bad certain redirect_url_not_registered",
    "scopes unknown certain",
    "clock good certain",
  ]);
  const { remedy } = sentence(findings, "redirect_url_not_registered");
  assert.ok(remedy!.includes(`${origin}/demo/callback/unregistered`));
});

test("a wrong secret", async () => {
  assert.deepEqual(short(await check({ client_secret: "wrong" })), [
    "discovery good certain",
    "client_id good certain",
    "client_secret bad certain secret_wrong",
    "redirect_url good certain",
    "scopes good certain",
    "clock good certain",
  ]);
});

test("a wrong secret and a redirect URL that is not registered, both at once", async () => {
  const findings = await check({ id: "unregistered", client_secret: "wrong" });
  assert.deepEqual(
    findings.flatMap(({ fault }) => fault ?? []),
    ["secret_wrong", "redirect_url_not_registered"],
  );
});

test("scopes that are not allowed for the app client, by name", async () => {
  const findings = await check({ settings: { scopes: ["openid", "orders/read", "email", "orders/write"] } });
  assert.deepEqual(short(findings), [
    "discovery good certain",
    "client_id good certain",
    "client_secret good certain",
    "redirect_url good certain",
    "scopes bad certain scope_not_allowed",
    "clock good certain",
  ]);
  assert.match(sentence(findings, "scope_not_allowed").says, /: orders\/read, orders\/write\.$/);
});

test("more scopes than are tried one by one: which it is, is said not to be told apart", async () => {
  const scopes = ["openid", ..."abcdefg".split("").map((name) => `orders/${name}`)];
  const { or } = sentence(await check({ settings: { scopes } }), "scope_not_allowed");
  assert.equal(or, "Which of them it is could not be told apart.");
});

test("clocks that differ", async () => {
  pool.faults.add("clock-ahead");
  const skew = sentence(await check(), "clock_skew");
  assert.match(skew.says, /^The provider's clock is (?:59\d|60\d) seconds ahead of ours/);
  assert.match(skew.or!, /cannot be told/);
});
