/** Access tokens of the workspace `system` for this API: of clients on their own, and of people with a role. */
import type { Operator } from "../../config/operator.ts";
import { storedGrant } from "../../grants/stored-grant.ts";
import { makeBroker } from "../../http/broker.ts";
import type { AppContext } from "../../http/context.ts";
import { readConfiguration } from "../../store/configuration.ts";
import { SYSTEM } from "../../store/published.ts";
import { clock } from "../../store/rows.ts";
import type { AccessClaims } from "../../tokens/access-token.ts";
import { liveBasis } from "../../tokens/live.ts";
import { knownAccessToken } from "../../tokens/known-access-token.ts";
import type { Broker } from "../../broker.ts";
import type { AuthenticationContext } from "../../flow.ts";
import { type Caller, callerBy } from "../operator.ts";

/** @returns undefined for whatever is not such a token, or ended, or is nobody's by any rule */
export async function tokenCaller(c: AppContext, bearer: string | undefined): Promise<Caller | undefined> {
  if (bearer === undefined) return undefined;
  const configuration = readConfiguration(c.env, clock);
  const system = await configuration.workspace(SYSTEM);
  if (!system) return undefined;
  const broker = makeBroker(c, system, configuration);
  const claims = await knownAccessToken(broker, bearer);
  if (!claims || ![claims.aud].flat().includes(`${c.var.deployment.admin}/api`)) return undefined;
  const rules = await rulesFor(broker, claims);
  if (!rules) return undefined;
  const { by, operators } = rules;
  return callerBy(by, operators, claims.scope?.split(" ") ?? []);
}

async function rulesFor(broker: Broker, claims: AccessClaims) {
  const basis = await liveBasis(broker, claims);
  const active = broker.workspace.operators.filter((operator) => !operator.disabled);
  if (basis?.by === "client")
    return {
      by: `client ${claims.client_id}`,
      operators: active.filter((operator) => operator.client_id === claims.client_id),
    };
  if (basis?.by !== "person") return undefined;
  const [id = ""] = claims.jti.split(".");
  const grant = await storedGrant(broker, claims.sub, id, basis.grant);
  if (!grant?.authentication) return undefined;
  const { connection, context } = grant.authentication;
  return {
    by: `person ${claims.sub}`,
    operators: active.filter((operator) => hasRole(operator, connection, context)),
  };
}

function hasRole({ role }: Operator, connection: string, context: AuthenticationContext): boolean {
  if (!role || (role.connection !== undefined && role.connection !== connection)) return false;
  const value = Object.hasOwn(context, role.attribute) ? context[role.attribute]?.value : undefined;
  return Array.isArray(value) ? value.includes(role.value) : value === role.value;
}
