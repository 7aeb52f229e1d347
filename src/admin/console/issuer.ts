/** The issuer of the workspace: it may have a domain of its own, which its settings say. */
import type { Desk } from "./desk.ts";
import { text } from "./text.ts";

export async function issuerOf(desk: Desk): Promise<string> {
  if (!desk.may("workspaces", "read")) return `${desk.c.var.deployment.origin}/${desk.workspace}`;
  const { body } = await desk.read("");
  return text(body, "issuer");
}
