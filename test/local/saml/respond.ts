import type { Named } from "../../saml/keys.ts";
import { samlpResponse } from "../../saml/samlp.ts";
import { escape } from "../pool/page.ts";
import type { Person } from "../pool/people.ts";

/** What a request asked for, and the address that its answer is posted to. */
export interface Waiting {
  readonly audience: string;
  readonly acs: string;
  readonly request: string;
  readonly relay: string;
}

/** Names of LDAP, as most providers write them. */
const NAMES: Readonly<Record<string, string>> = {
  name: "urn:oid:2.16.840.1.113730.3.1.241",
  given_name: "urn:oid:2.5.4.42",
  family_name: "urn:oid:2.5.4.4",
  email: "urn:oid:0.9.2342.19200300.100.1.3",
  email_verified: "email_verified",
  phone_number: "urn:oid:2.5.4.20",
};

/** A form that posts the response: by itself, or by its button without JavaScript. */
export async function respond(
  issuer: string,
  by: Named,
  login: Waiting,
  person: Person,
  sessionIndex: string,
): Promise<string> {
  const { relay, ...to } = login;
  const known = Object.entries(NAMES).filter(([name]) => name in person.attributes);
  const attributes = {
    ...Object.fromEntries(known.map(([name, urn]) => [urn, String(person.attributes[name])])),
    ...(person.groups && { groups: person.groups }),
  };
  const xml = await samlpResponse({
    ...to,
    by,
    issuer,
    name_id: person.sub,
    attributes,
    options: { sessionIndex },
  });
  const message = Buffer.from(xml).toString("base64");
  return `<h1>Signed in</h1>
<p>You are taken back to the app.</p>
<form method="post" action="${escape(login.acs)}">
<input type="hidden" name="SAMLResponse" value="${escape(message)}">
<input type="hidden" name="RelayState" value="${escape(relay)}">
<button id="post" type="submit">Continue</button>
</form>
<script>document.forms[0].submit()</script>`;
}
