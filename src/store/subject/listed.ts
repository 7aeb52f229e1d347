/** The person as the directory lists them: found by every identity that they have. */
import type { About } from "./about.ts";
import type { Person } from "./person.ts";

export function tellDirectory(person: Person, { workspace, subject }: About): void {
  const { rows } = person;
  const self = rows.get("person", "self");
  if (!self) return;
  const identities = rows
    .list("identity")
    .map(({ id, value: { subject: identity, issuer, email_hash, login_hash } }) => ({
      subject: identity,
      connection: id,
      issuer,
      ...(email_hash !== undefined && { email_hash }),
      ...(login_hash !== undefined && { login_hash }),
    }));
  const listed = { ...self, ...(identities.length > 0 && { identities }) };
  person.outbox.send({ to: "directory", workspace, subject, person: listed });
}
