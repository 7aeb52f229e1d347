/** A post-authentication application: its own client, and what it asks and answers. */
import { ORIGIN } from "./bindings.ts";
import { must } from "./api.ts";
import { basic, post } from "./raw.ts";
import type { World } from "./world.ts";
import { exports } from "cloudflare:workers";

const APPLICATION = "https://terms.example.com/start?lang=en";

export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

export interface Application {
  readonly client_id: string;
  token(scope?: string): Promise<string>;
  read(at: URL, changed?: Login): Promise<Answer>;
  complete(at: URL, authentication_context: object, changed?: Login): Promise<Answer>;
  abort(at: URL, error: object, changed?: Login): Promise<Answer>;
}
type Login = { readonly login_id?: string; readonly login_state?: string; readonly token?: string };

/** Switches the feature on, makes the application, and lets a connection go through it. */
export async function makeApplication(world: World, id: string, connection?: string): Promise<Application> {
  await must("PUT", "workspaces/system/features/custom_apps", { enabled: true });
  await world.put("features/custom_apps", { enabled: true });
  const made = await world.put(`custom-apps/${id}`, { name: `App ${id}`, url: APPLICATION });
  const { client_id, client_secret } = made["client"] as { client_id: string; client_secret: string };
  if (connection) await world.patch(`connections/${connection}`, { post_authn_app_id: id });

  const token = async (scope = "manage_post_authn") => {
    const answer = await post(
      `${ORIGIN}/system/oauth2/token`,
      { grant_type: "client_credentials", scope },
      basic(client_id, client_secret),
    );
    return String(answer.json?.["access_token"]);
  };

  async function call(at: URL, path: string, body: object | undefined, changed: Login): Promise<Answer> {
    const { login_id, login_state } = { ...Object.fromEntries(at.searchParams), ...changed } as Record<
      string,
      string
    >;
    const query = body ? "" : `?login_state=${encodeURIComponent(login_state ?? "")}`;
    const request = new Request(`${ORIGIN}/api/system/default/post-authn/${login_id ?? ""}${path}${query}`, {
      method: body ? "POST" : "GET",
      headers: {
        authorization: `Bearer ${changed.token ?? (await token())}`,
        "content-type": "application/json",
      },
      ...(body && { body: JSON.stringify({ id: login_id, login_state, ...body }) }),
    });
    const response = await exports.default.fetch(request);
    return { status: response.status, body: await response.json() };
  }

  return {
    client_id,
    token,
    read: (at, changed = {}) => call(at, "", undefined, changed),
    complete: (at, context, changed = {}) =>
      call(at, "/complete", { authentication_context: context }, changed),
    abort: (at, error, changed = {}) => call(at, "/abort", error, changed),
  };
}
