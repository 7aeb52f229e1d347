/** A further request of a signed-in browser, answered from the cached authentication context where that is allowed. */
import type { Broker } from "../broker.ts";
import type { Client } from "../config/client.ts";
import type { AuthorizationRequest, BrowserSession } from "../flow.ts";
import type { Resumed } from "../store/subject/resume.ts";
import { asking } from "./asking.ts";
import { mustBeAnew } from "./authentication.ts";
import { floorOf } from "./floor.ts";
import { grantRequest } from "./grant-request.ts";
import { neededOfContext } from "./judge-needs.ts";
import { madeBy } from "./made-by.ts";
import { sessionLimits } from "./session-limits.ts";

/**
 * Caching is per connection and off by default; `prompt=login` and `select_account` always go to the provider, and so
 * does an `idp_hint` for another connection. Where the context lacks what a required claim is made of, the provider is
 * asked as well: it may say by now what it did not say then. Costs no call where the cache cannot be used.
 * @throws OAuthError `access_denied` where no provider can give what is required
 */
export async function resume(
  broker: Broker,
  client: Client,
  request: AuthorizationRequest,
  session: BrowserSession | undefined,
): Promise<Resumed> {
  const { prompt, idp_hint, hinted_subject } = request;
  if (!session || mustBeAnew(request) || prompt.includes("select_account")) return { as: "login" };
  // What the cached context was authenticated by is sealed: the provider is asked.
  if (request.essential_acr) return { as: "login" };
  if (hinted_subject !== undefined && hinted_subject !== session.subject) return { as: "login" };
  if (idp_hint !== undefined && idp_hint !== session.connection) return { as: "login" };
  const connection = await broker.connection(session.connection);
  if (!connection || connection.disabled || !connection.config.enable_stateful_ctx) return { as: "login" };
  const resumed = await broker.subject(session.subject).resume({
    about: broker.about(session.subject),
    session: session.id,
    connection: connection.id,
    limits: sessionLimits(broker.workspace),
    made_by: await madeBy(broker, connection),
    needs: neededOfContext(broker, client, request),
    cached_for: connection.config.stateful_ctx_duration,
    ...(request.max_age !== undefined && { max_age: request.max_age }),
    not_before: floorOf(broker.workspace, client, connection),
    rules: broker.workspace.linking_rules ?? [],
    request: grantRequest(broker, client, request),
    asking: asking(broker.workspace, client, prompt),
    silent: prompt.includes("none"),
  });
  if (resumed.as === "granted" || resumed.as === "asking")
    broker.measured({ type: "session_resumed", connection: connection.id, client_id: client.client_id });
  return resumed;
}
