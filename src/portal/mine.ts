/** What a person may do with what is theirs: the same for the page and for programs. */
import type { AppContext } from "../http/context.ts";
import type { Subject } from "../store/subject.ts";
import type { About } from "../store/subject/about.ts";
import { readConfiguration } from "../store/configuration.ts";
import { directoryShard } from "../store/shards.ts";
import { clock } from "../store/rows.ts";

export interface Mine {
  readonly subject: string;
  readonly object: DurableObjectStub<Subject>;
  readonly about: About;
}

/** @param subject vouched for by a session cookie or by an access token */
export function mine(c: AppContext, subject: string): Mine {
  const { broker } = c.var;
  return { subject, object: broker.subject(subject), about: broker.about(subject) };
}

/** The directory's row goes at once, and with it the way for operators to find the person. */
export async function eraseMe(c: AppContext, { subject, object, about }: Mine): Promise<void> {
  const erased_at = await object.erase(about);
  const { DIRECTORY } = readConfiguration(c.env, clock).objects(about.workspace);
  await DIRECTORY.getByName(directoryShard(about.workspace, subject)).remove(subject, erased_at);
}
