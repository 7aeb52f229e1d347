/** Settings of the workspace: its name, and how long things last. */
import type { JsonObject } from "../../../flow.ts";
import { choicesOf } from "../choices.ts";
import { Shown } from "../form/form.tsx";
import { appearance } from "../settings/appearance.tsx";
import { backup } from "../settings/backup.tsx";
import { deletion } from "../settings/deletion.ts";
import { ending } from "../settings/ending.ts";
import { events } from "../settings/events.tsx";
import { features } from "../settings/features.tsx";
import { settingsPart } from "../settings/part.tsx";
import { recording } from "../settings/recording.tsx";
import { lacking } from "../page.ts";
import { text } from "../text.ts";

const general = settingsPart({
  path: "",
  title: "Settings",
  words: {
    name: { label: "Name", help: "People read it on every page." },
    access_token_strategy: {
      label: "Access tokens",
      help: "jwt: APIs read them by themselves. opaque: APIs ask here.",
    },
    access_token_lifetime: { label: "Lifetime of access tokens", help: "Seconds." },
    id_token_lifetime: { label: "Lifetime of ID tokens", help: "Seconds." },
    refresh_token_lifetime: { label: "Lifetime of refresh tokens", help: "Seconds from the sign-in." },
    session_lifetime: { label: "Lifetime of sessions", help: "Seconds from the last sign-in." },
    session_idle_lifetime: {
      label: "Lifetime of sessions without use",
      help: "Seconds from when it was last used.",
    },
    claims_in_id_token: { label: "Claims about the person in the ID token", help: "Off: at userinfo only." },
    "idp_discovery.enabled": {
      label: "Ask for an e-mail address first",
      help: "Its domain decides where people sign in. A connection has its domains in Advanced settings.",
    },
    origin: {
      label: "Domain of its own",
      help: "Then it is the issuer: apps have to be told. The domain must lead here, and only operators of all workspaces may change it.",
      placeholder: "https://login.acme.example",
      advanced: true,
    },
    token_minting_script: {
      label: "Script for every token",
      help: "Adds claims to the tokens of every application.",
      advanced: true,
    },
    allowed_idp_ids_script: {
      label: "Script for the choice",
      help: "Says which identity providers somebody may choose from.",
      advanced: true,
    },
  },
  choices: (desk) =>
    choicesOf(desk, { token_minting_script: "scripts", allowed_idp_ids_script: "scripts" }, "choice"),
  above: (_, settings) => (
    <div class="sheet">
      <Shown
        id="issuer"
        label="Issuer"
        value={text(settings, "issuer")}
        note={`What apps are configured with.${keptIn(settings)}`}
      />
    </div>
  ),
  below: (desk) =>
    desk.may("workspaces", "write") && (
      <p class="danger-zone actions">
        <a class="button danger" id="end" href={desk.href(ending.path)}>
          Sign everybody out
        </a>
        {desk.workspace !== "system" && !lacking(deletion, desk) && (
          <a class="button danger" id="delete" href={desk.href(deletion.path)}>
            Delete workspace
          </a>
        )}
      </p>
    ),
});

export const settings = [general, appearance, features, events, recording, backup, ending, deletion];

function keptIn(settings: JsonObject): string {
  const jurisdiction = text(settings, "jurisdiction");
  return jurisdiction && ` Everything about its people is kept in the jurisdiction ${jurisdiction}.`;
}
