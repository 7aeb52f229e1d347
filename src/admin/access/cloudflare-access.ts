/** Cloudflare Access in front of the admin API: its JWT is verified here, because a header alone proves nothing. */
import { jwtVerify, type JSONWebKeySet } from "jose";
import { keySet } from "../../crypto/key-set.ts";
import type { AppContext } from "../../http/context.ts";
import { guardedFetch } from "../../store/outbound.ts";
import { readConfiguration } from "../../store/configuration.ts";
import { SYSTEM } from "../../store/published.ts";
import { clock } from "../../store/rows.ts";
import { type Caller, callerBy } from "../operator.ts";
import { Problem } from "../problem.ts";
import { API_SCOPES } from "../../config/api-scopes.ts";
import type { Seconds } from "../../flow.ts";

/** Seconds; Access rotates its keys every six weeks and shows the next ones before. */
const FRESH = 3_600;

let remembered: { readonly uri: string; readonly keys: JSONWebKeySet; readonly at: Seconds } | undefined;

/** Needs the variables `ACCESS_TEAM` (`https://acme.cloudflareaccess.com`) and `ACCESS_AUD`. */
export async function accessCaller(c: AppContext): Promise<Caller | undefined> {
  const { ACCESS_TEAM, ACCESS_AUD } = c.env;
  const assertion = c.req.header("cf-access-jwt-assertion");
  if (!ACCESS_TEAM || !ACCESS_AUD || !assertion || assertion.length > 12_000) return undefined;
  // Access adds the assertion to whatever comes with its cookie, so a form of another site would have it too.
  if (!isOwn(c)) throw new Problem(403, "a change by way of Cloudflare Access must come from this origin");
  const keys = await accessKeys(c, `${ACCESS_TEAM}/cdn-cgi/access/certs`);
  const options = {
    issuer: ACCESS_TEAM,
    audience: ACCESS_AUD,
    algorithms: ["RS256"],
    requiredClaims: ["exp"],
  };
  const verified = await jwtVerify(assertion, keySet(keys), options).catch(() => undefined);
  const email = verified?.payload["email"];
  if (typeof email !== "string") return undefined;
  const system = await readConfiguration(c.env, clock).workspace(SYSTEM);
  const rules = (system?.operators ?? []).filter(
    ({ disabled, access_email }) => !disabled && access_email?.toLowerCase() === email.toLowerCase(),
  );
  return callerBy(`access ${email}`, rules, API_SCOPES);
}

/** Browsers send `Origin` with every request that may change something. */
function isOwn(c: AppContext): boolean {
  return ["GET", "HEAD"].includes(c.req.method) || c.req.header("origin") === c.var.deployment.admin;
}

async function accessKeys(c: AppContext, uri: string): Promise<JSONWebKeySet> {
  if (remembered?.uri === uri && clock() - remembered.at < FRESH) return remembered.keys;
  try {
    const response = await guardedFetch({ ...c.var.deployment, isOurs: () => false, self: c.var.self })(uri);
    const keys: JSONWebKeySet = await response.json();
    // Throws for what is no key set, which must not be remembered.
    keySet(keys);
    remembered = { uri, keys, at: clock() };
    return keys;
  } catch (error) {
    c.set("fault", error);
    throw new Problem(503, "the keys of Cloudflare Access cannot be read right now");
  }
}
