/** The form of a connection of one kind: what is common, around the kind's own settings and credentials. */
import type { Template } from "../../../connectors/templates/template.ts";
import { type Choices, type Field, fieldsOf, type FormWords } from "../form/field.ts";
import { schemaOf } from "../schema.ts";
import { kindWords } from "./words.ts";

const FIRST: FormWords = {
  name: {
    label: "Name",
    help: "People see it where they choose how to sign in.",
    placeholder: "Customers",
  },
};

const LAST: FormWords = {
  "config.enable_stateful_ctx": {
    label: "Authentication context caching",
    help: "Store what the provider said about a person, so that later sign-ins of the same browser need no trip to it, whatever the app and its scopes. It is asked all the same for prompt=login, a max_age that has passed or another connection, after sign-out, and once this connection's settings, attributes, mappings, script or application changed.",
  },
  "config.stateful_ctx_duration": {
    label: "Time To Live",
    help: "Seconds that the stored context may be used: from 60 to 2592000, which is 30 days.",
  },
  "config.sign_out_upstream": {
    label: "Sign out at the provider too",
    help: "The provider must know our sign-out address, {issuer}/oidc/logout. A SAML provider needs our metadata instead, and we a signing key.",
  },
  disabled: {
    label: "Switched off",
    help: "Nobody can sign in with it, and sessions that rest on it do not go on.",
  },
  static_amr: {
    label: "Authentication Method Reference",
    help: "Written into amr in place of what the provider says.",
    advanced: true,
  },
};

const ADVANCED: FormWords = {
  hidden: {
    label: "Not offered where people choose",
    help: "Apps can still name it in idp_hint.",
    advanced: true,
  },
  display_order: { label: "Order", help: "Lower numbers are offered first.", advanced: true },
  logo_uri: { label: "Logo", help: "An https address of a picture.", advanced: true },
  "discovery_settings.domains": {
    label: "E-mail domains",
    help: "One a line. People whose address is of one of these sign in here, where the workspace asks for an e-mail address first (Settings).",
    placeholder: "acme.com",
    advanced: true,
  },
  "discovery_settings.instant_redirect": {
    label: "Go there at once",
    help: "Without a click, for people of these domains.",
    advanced: true,
  },
  credentials_expire_at: {
    label: "Credentials end on",
    help: "The day on which the provider stops to accept our secret. There are alerts before.",
    date: true,
    advanced: true,
  },
};

/** RFC 8176 §2. */
const METHODS: Readonly<Record<string, string>> = {
  "": "As the provider says",
  pwd: "pwd: password",
  mfa: "mfa: several factors",
  otp: "otp: one-time password",
  sms: "sms: message to a phone",
  tel: "tel: telephone call",
  hwk: "hwk: key in hardware",
  swk: "swk: key in software",
  pop: "pop: proof of possession of a key",
  pin: "pin: number or pattern",
  fpt: "fpt: fingerprint",
  face: "face: face",
  iris: "iris: iris",
  retina: "retina: retina",
  vbm: "vbm: voice",
  kba: "kba: knowledge questions",
  mca: "mca: several channels",
  geo: "geo: place",
  rba: "rba: risk",
  sc: "sc: smart card",
  user: "user: presence of the person",
  wia: "wia: Windows sign-in",
};

const CHOICES: Choices = {
  static_amr: { as: "choice", options: Object.entries(METHODS).map(([value, label]) => ({ value, label })) },
};

/** @param method the kind of identity provider @param said words of a template's provider */
export function connectionFields(method: string, said: Template["fields"] = {}): Field[] {
  const own = Object.entries(kindWords(method, said));
  const usual = own.filter(([, words]) => !words.advanced);
  const advanced = own.filter(([, words]) => words.advanced);
  const words = Object.fromEntries([
    ...Object.entries(FIRST),
    ...usual,
    ...Object.entries(LAST),
    ...advanced,
    ...Object.entries(ADVANCED),
  ]);
  return fieldsOf(schemaOf("connections", method), words, CHOICES);
}
