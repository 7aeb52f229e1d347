/** Events: where audit events and alerts are sent on to, and the secret that each batch is signed with. */
import { shownOnce } from "../edit.tsx";
import { text } from "../text.ts";
import { settingsPart } from "./part.tsx";
import { SETTINGS, TRAIL } from "./tabs.tsx";

const PATH = "/events";

export const events = settingsPart({
  path: PATH,
  title: "Events",
  words: {
    "audit_webhook.url": {
      label: "Address",
      help: "A public https address that takes POSTs. Empty: nothing is sent.",
      placeholder: "https://siem.example.com/vestibule",
    },
    audit_webhook_secret: {
      label: "Secret",
      help: "At least 32 random characters. One is made and shown once where there is none yet.",
      secret: true,
    },
  },
  above: () => (
    <p class="lead">
      Audit events and alerts are sent on to an address of yours: each batch with a signature in the header
      Vestibule-Signature, again and again for a day until it is taken.
    </p>
  ),
  held: (settings) => (settings["audit_webhook"] === undefined ? [] : ["audit_webhook_secret"]),
  saved(desk, answer) {
    const secret = text(answer, "audit_webhook_secret");
    return secret
      ? shownOnce(desk, "address", TRAIL[0]!, SETTINGS + PATH, secret, {
          label: "Secret",
          detail: "Copy it now to where the signatures are checked. It is kept here sealed.",
        })
      : undefined;
  },
});
