/** SAML 2.0 as a service provider. What reads XML is loaded when a connection is used, and not before. */
import type { Connector, ConnectorKind, Tools } from "./connector.ts";
import { SAML_ATTRIBUTES, SAML_MAPPINGS } from "./saml/attributes.ts";
import { form } from "./saml/form.ts";
import { Credentials, Settings } from "./saml/settings.ts";

export const saml = {
  method: "saml",
  name: "SAML 2.0",
  settings: Settings,
  credentials: Credentials,
  attributes: SAML_ATTRIBUTES,
  mappings: SAML_MAPPINGS,
  form,
  callback: (connection) => `/saml/${connection}/acs`,
  begunElsewhere: ({ idp_initiated_client_id }) =>
    idp_initiated_client_id === undefined ? undefined : "idp_initiated_client_id",
  outlook: async (settings, tools) => (await import("./saml/outlook.ts")).outlook(settings, tools),
  open: openSaml,
} as const satisfies ConnectorKind<typeof Settings, typeof Credentials>;

function openSaml(settings: Settings, credentials: Credentials, tools: Tools): Connector {
  const connected = { settings, credentials, tools };
  return {
    start: async (login) => (await import("./saml/sign-in.ts")).start(connected, login),
    finish: async (callback) => (await import("./saml/sign-in.ts")).finish(connected, callback),
    unsolicited: async (params) => (await import("./saml/sign-in.ts")).unsolicited(connected, params),
    logout: async (start) => (await import("./saml/sign-out.ts")).leave(connected, start),
    loggedOut: async (answer) => (await import("./saml/sign-out.ts")).arrive(connected, answer),
    check: async () => (await import("./saml/check.ts")).check(settings, credentials, tools),
    metadata: async () => (await import("./saml/sign-in.ts")).metadata(connected),
  };
}
