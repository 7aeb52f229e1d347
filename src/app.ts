/** Every URL, one line each, grouped by specification. */
import { Hono } from "hono";
import { cors } from "hono/cors";
import { postAuthn } from "./admin/post-authn.ts";
import { api } from "./admin/api.ts";
import { adminConsole } from "./admin/console/console.ts";
import { demo, demoLogin, demoPost } from "./demo/demo.ts";
import { cancel } from "./endpoints/cancel.ts";
import { authorize, authorizeByPost } from "./endpoints/authorize.ts";
import { callback } from "./endpoints/callback.ts";
import { answerConsent, consentPage } from "./endpoints/consent.ts";
import { discover } from "./endpoints/discover.ts";
import { discovery, jwks } from "./endpoints/discovery.ts";
import { fromApp } from "./endpoints/from-app.ts";
import { introspect } from "./endpoints/introspect.ts";
import { confirmLogout, logout, logoutByPost } from "./endpoints/logout.ts";
import { revoke } from "./endpoints/revoke.ts";
import { assertionConsumer, samlMetadata, singleLogout } from "./endpoints/saml.ts";
import { theme } from "./endpoints/theme.ts";
import { token } from "./endpoints/token.ts";
import { userinfo } from "./endpoints/userinfo.ts";
import { asset, health, welcome } from "./endpoints/deployment.ts";
import { answersJson, answersProblem } from "./http/answers-json.ts";
import { CANCEL, DISCOVERY } from "./http/chooser.ts";
import { broker } from "./http/broker.ts";
import type { App } from "./http/context.ts";
import { limited } from "./http/form.ts";
import { headers } from "./http/headers.ts";
import { host } from "./http/host.ts";
import { byAddress } from "./http/limits.ts";
import { ownOrigin } from "./http/own-origin.ts";
import { methodsAt } from "./http/methods.ts";
import { onError, onMethod, onMissing } from "./http/on-error.ts";
import { requestLog } from "./http/request-log.ts";
import { RememberingRouter } from "./http/router.ts";
import { sameSite } from "./http/same-site.ts";
import { within } from "./http/within.ts";
import { lineage } from "./portal/lineage.ts";
import { addIdentity, removeIdentity } from "./portal/identities.ts";
import { answerLink, askLink } from "./portal/linking.ts";
import { personApi } from "./portal/api.ts";
import {
  askErase,
  downloadMine,
  endMySession,
  endMySessions,
  erase,
  portal,
  revokeApp,
} from "./portal/portal.ts";
import { ASSETS } from "./ui/assets.ts";

/** For endpoints that browsers' apps call: a bearer token or a verifier travels, never a cookie. */
const open = cors({ origin: "*", exposeHeaders: ["WWW-Authenticate", "X-Request-Id"], maxAge: 86_400 });

export const app = new Hono<App>({ router: new RememberingRouter() });
app.onError(onError);
app.notFound(onMissing);
app.use(async (c, next) => {
  c.set("self", async (request) => {
    within(request, c);
    return app.fetch(request, c.env, c.executionCtx);
  });
  await next();
});
app.use(ownOrigin, requestLog, headers, host);

// The deployment
app.get("/", welcome);
app.get("/healthz", health);
for (const one of ASSETS) app.get(one.path, asset(one));
app.use("/api/*", answersProblem, byAddress("operators"));
app.route("/api/system", postAuthn).route("/api", api);
app.use("/admin/*", byAddress("operators")).route("/admin", adminConsole);
app.get("/admin/", (c) => c.redirect("/admin", 301));

// RFC 8414 §3.1: the well-known path comes before the issuer's own
app.use("/.well-known/oauth-authorization-server/:workspace", open, answersJson, broker);
app.get("/.well-known/oauth-authorization-server/:workspace", discovery);

// A workspace: how its errors are answered, before anything can fail
for (const path of ["/.well-known/*", "/oauth2/token", "/userinfo", "/oauth2/revoke"])
  app.use(`/:workspace${path}`, open, answersJson);
for (const path of ["/oauth2/introspect", "/me/sign-ins/*"]) app.use(`/:workspace${path}`, answersJson);
for (const path of [
  // With what is below it: a pattern for that alone would count every request twice.
  "/oauth2/authorize/*",
  "/callback/*",
  "/saml/*",
  "/post-authn/*",
  "/consent/*",
  "/me/identities/*",
])
  app.use(`/:workspace${path}`, byAddress("people"));
app.use("/:workspace/*", limited, broker);

// OpenID Connect Discovery 1.0
app.get("/:workspace/.well-known/openid-configuration", discovery);
app.get("/:workspace/.well-known/jwks.json", jwks);

// RFC 6749, OpenID Connect Core 1.0
app.get("/:workspace/oauth2/authorize", authorize).post(authorizeByPost);
app.get(`/:workspace${DISCOVERY}`, discover);
app.get(`/:workspace${CANCEL}`, cancel);
app.on(["GET", "POST"], "/:workspace/callback/:connection", callback);
app.get("/:workspace/post-authn/:handle", fromApp);
app.get("/:workspace/consent/:handle", consentPage).post(sameSite, answerConsent);
app.post("/:workspace/oauth2/token", token);
app.on(["GET", "POST"], "/:workspace/userinfo", userinfo);

// SAML 2.0
app.post("/:workspace/saml/:connection/acs", assertionConsumer);
app.on(["GET", "POST"], "/:workspace/saml/:connection/slo", singleLogout);
app.get("/:workspace/saml/:connection/metadata", samlMetadata);

// RFC 7009, RFC 7662
app.post("/:workspace/oauth2/revoke", revoke);
app.post("/:workspace/oauth2/introspect", introspect);

// OpenID Connect RP-Initiated Logout 1.0
app.get("/:workspace/oidc/logout", logout).post(logoutByPost);
app.post("/:workspace/sign-out", sameSite, confirmLogout);

app.get("/:workspace/assets/:sheet{theme\\.[0-9a-f]{8}\\.css}", theme);

// A person's own pages
app.get("/:workspace/me", portal);
app.post("/:workspace/me/clients/:client/revoke", sameSite, revokeApp);
app.post("/:workspace/me/sessions/end", sameSite, endMySessions);
app.post("/:workspace/me/sessions/:session/end", sameSite, endMySession);
app.get("/:workspace/me/export", downloadMine);
app.get("/:workspace/me/erase", askErase).post(sameSite, erase);
app.post("/:workspace/me/identities/:connection/add", sameSite, addIdentity);
app.post("/:workspace/me/identities/:connection/remove", sameSite, removeIdentity);
app.get("/:workspace/me/link/:handle", askLink).post(sameSite, answerLink);
for (const path of ["clients/*", "sessions/*", "identities/*", "data"])
  app.use(`/:workspace/me/${path}`, open);
app.route("/:workspace/me", personApi);
app.get("/:workspace/me/sign-ins/:sid/lineage", lineage);
app.get("/:workspace/demo", demo).post(sameSite, demoPost);
app.get("/:workspace/demo/login", demoLogin);

// What no line above takes: another method, or nothing
app.all("/:workspace/*", (c) => {
  const methods = methodsAt(app, c.req.path);
  return methods.length === 0 || methods.includes(c.req.method) ? c.notFound() : onMethod(c, methods);
});
