/** Everything that the workspace holds on a person, as they may take it with them. */
import type { Broker } from "../broker.ts";
import type { AppContext } from "../http/context.ts";
import type { JsonObject } from "../flow.ts";
import { openAtProvider } from "../steps/at-provider.ts";
import { openAuthentication } from "../steps/stored-authentication.ts";
import { openLineage, openValues } from "../steps/lineage.ts";
import { openVisitor } from "../steps/visitor.ts";
import { happened } from "./happened.ts";
import type { Mine } from "./mine.ts";

/** What is sealed is opened: it is about nobody else. Secret parts of tokens are not kept, so there are none. */
export async function exportMine(c: AppContext, { subject, object, about }: Mine): Promise<JsonObject> {
  const { broker } = c.var;
  const { workspace, issuer, now } = broker;
  const { identities, sessions, contexts, grants, logins, sign_ins, events, ...rest } =
    await object.export(about);
  const authentication = async ({ authentication: sealed, ...row }: (typeof contexts)[number]) => ({
    ...row,
    authentication: (await openAuthentication(broker, subject, sealed)) ?? null,
  });
  const data = {
    issuer,
    workspace: workspace.settings.name,
    subject,
    exported_at: now(),
    ...rest,
    identities: await Promise.all(
      identities.map(async ({ visitor, link: _, ...identity }) => ({
        ...identity,
        ...(await openVisitor(broker, subject, visitor)),
      })),
    ),
    sessions: await Promise.all(
      sessions.map(async ({ visitor, at_provider, ...session }) => ({
        ...session,
        ...(at_provider && { at_provider: (await openAtProvider(broker, subject, at_provider)) ?? null }),
        ...(await openVisitor(broker, subject, visitor)),
      })),
    ),
    cached_contexts: await Promise.all(contexts.map(authentication)),
    grants: await Promise.all(grants.map(authentication)),
    sign_ins: await Promise.all(sign_ins.map((one) => signInOf(broker, subject, one))),
    events: await happened(c, workspace.id, subject, events),
    waiting_for_consent: await Promise.all(logins.map(authentication)),
  };
  return data as unknown as JsonObject;
}

type StoredSignIn = Awaited<ReturnType<Mine["object"]["export"]>>["sign_ins"][number];

/** How it ran, the values as far as they are kept, and what each app got. */
async function signInOf(broker: Broker, subject: string, { session, row, values, releases }: StoredSignIn) {
  const { lineage, ...about } = row;
  const opened = values && (await openValues(broker, subject, values));
  return {
    session,
    ...about,
    lineage: (await openLineage(broker, subject, lineage)) ?? null,
    ...(values && { values: opened ?? null }),
    releases,
  };
}
