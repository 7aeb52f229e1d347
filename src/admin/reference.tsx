/** The browsable reference, rendered from the OpenAPI document itself. */
import type { AppContext } from "../http/context.ts";
import { frame } from "../http/frame.ts";
import { ApiReference } from "../pages/api-reference.tsx";
import { en } from "../ui/text/en.ts";
import { ALL_OPERATIONS, document } from "./openapi/document.ts";

export async function reference(c: AppContext): Promise<Response> {
  const { deployment } = c.var;
  const { components } = document(deployment) as { components: { schemas: Record<string, unknown> } };
  return c.html(
    <ApiReference
      frame={frame(c, en)}
      origin={deployment.admin}
      operations={ALL_OPERATIONS}
      schemas={components.schemas}
    />,
  );
}
