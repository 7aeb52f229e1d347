/** What a connection can be: its kinds and the ready templates, for whoever builds a form. */
import { CONNECTOR_KINDS } from "../connectors/index.ts";
import { TEMPLATES } from "../connectors/templates/index.ts";
import type { AppContext } from "../http/context.ts";
import { schema } from "./openapi/schemas.ts";

export async function listConnectionKinds(c: AppContext): Promise<Response> {
  const items = CONNECTOR_KINDS.map(
    ({ method, name, form, settings, credentials, attributes, mappings }) => ({
      method,
      name,
      form,
      settings: schema(settings),
      credentials: schema(credentials),
      attributes,
      mappings,
    }),
  );
  return c.json({ items });
}

export async function listConnectionTemplates(c: AppContext): Promise<Response> {
  return c.json({ items: TEMPLATES });
}
