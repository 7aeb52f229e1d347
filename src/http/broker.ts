/** Env → {@link Broker}: the workspace that the path names, as configured now. */
import { createMiddleware } from "hono/factory";
import { writeMetric } from "../audit/metrics.ts";
import type { Broker } from "../broker.ts";
import { ClientId, RecordId } from "../config/ids.ts";
import { PORTAL, portalClient } from "../config/portal.ts";
import type { Connection } from "../connectors/index.ts";
import { issuerOf } from "../config/issuer.ts";
import { seal, unseal } from "../crypto/seal.ts";
import { type Configuration, readConfiguration } from "../store/configuration.ts";
import type { WorkspaceDocument } from "../store/published.ts";
import { executionPlace } from "../store/audit/executions.ts";
import { scriptSecretPlace } from "../store/workspace/script-secret.ts";
import { clock } from "../store/rows.ts";
import { auditShard, onceShard, subjectObject } from "../store/shards.ts";
import type { App, AppContext } from "./context.ts";
import { deployment } from "./deployment.ts";
import { isOn } from "./features.ts";
import { guardedFetch } from "../store/outbound.ts";
import { scriptsOf } from "./scripts.ts";
import { tell } from "./tell.ts";

/** For every URL under `/{workspace}`. A name that is no workspace gets 404 and wakes no object. */
export const broker = createMiddleware<App>(async function broker(c, next) {
  const configuration = readConfiguration(c.env, clock);
  const workspace = await configuration.workspace(c.req.param("workspace") ?? "");
  // A workspace answers at one origin: at another its issuer would be a lie.
  if (!workspace || (workspace.settings.origin ?? main(c)) !== c.var.deployment.origin) return c.notFound();
  c.set("broker", makeBroker(c, workspace, configuration));
  await next();
  return;
});

const main = (c: AppContext) => deployment(c.env).origin;

export function makeBroker(
  c: AppContext,
  workspace: WorkspaceDocument,
  configuration: Configuration,
): Broker {
  const { env } = c;
  const { request_id, self } = c.var;
  const { origin, keyring, loopback } = deployment(env);
  const { id, settings } = workspace;
  const { SUBJECT, ONCE, AUDIT } = configuration.objects(id);
  const isOurs = (asked: string) => asked === origin || configuration.owner(asked) !== undefined;
  const scripts = scriptsOf(c, isOurs);
  const issuer = issuerOf(origin, id, settings.origin);
  return {
    workspace,
    issuer,
    request_id,
    headers: c.req.raw.headers,
    keyring,
    browser: {
      user_agent: c.req.header("user-agent") ?? "",
      address: c.req.header("cf-connecting-ip") ?? "",
    },
    now: clock,
    fetch: guardedFetch({ isOurs, loopback, self }),

    async client(client) {
      if (client === PORTAL) return portalClient(issuer, settings.name);
      return ClientId.safeParse(client).success ? configuration.client(id, client) : undefined;
    },
    async connection(connection) {
      const stored = RecordId.safeParse(connection).success
        ? await configuration.connection(id, connection)
        : undefined;
      if (!stored) return undefined;
      const place = { purpose: "credentials", workspace: id, owner: connection } as const;
      const credentials = await unseal(keyring, place, stored.credentials);
      if (!credentials)
        throw new Error("the credentials of a connection cannot be opened with this DEPLOYMENT_KEY");
      return { ...stored, credentials } as Connection;
    },
    connections: async () => (await configuration.connections(id)).connections,
    readBefore: (connection) => configuration.metadata(id, connection),

    app: async (app) =>
      (await isOn(configuration, "custom_apps", workspace)) ? configuration.app(id, app) : undefined,
    ...(scripts && { scripts }),
    script: (script) => configuration.script(id, script),
    async secrets(names) {
      const opened: Record<string, string> = {};
      for (const name of names) {
        const stored = await configuration.secret(id, name);
        if (!stored) continue;
        const secret = await unseal(keyring, scriptSecretPlace(id, name), stored.secret);
        if (!secret) throw new Error("a secret of scripts cannot be opened with this DEPLOYMENT_KEY");
        opened[name] = secret.value;
      }
      return opened;
    },

    subject: (subject) => SUBJECT.getByName(subjectObject(id, subject)),
    about: (subject) => ({ workspace: id, subject, request_id }),
    once: (value, expires) => ONCE.getByName(onceShard(id, value)).add(value, expires),
    seen: (value) => ONCE.getByName(onceShard(id, value)).has(value),

    fault: (error) => c.set("fault", error),
    recorded(script, execution) {
      const shard = AUDIT.getByName(auditShard(id, clock()));
      const kept = seal(keyring, executionPlace(id, script), execution);
      c.executionCtx.waitUntil(
        kept
          .then((sealed) => shard.recordExecution(script, sealed))
          .catch((error: unknown) => console.warn(String(error))),
      );
    },
    executed: (event) => tell(c, { at: clock(), workspace: id, request_id, ...event }),
    refused: (what) => tell(c, { type: "refused", at: clock(), workspace: id, request_id, ...what }),
    measured: (event) => writeMetric(env.METRICS, { workspace: id, ...event }),
  };
}
