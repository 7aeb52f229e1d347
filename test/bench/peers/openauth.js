/** OpenAuth with its own Cognito provider and its own storage on KV. */
import { issuer } from "@openauthjs/openauth";
import { CognitoProvider } from "@openauthjs/openauth/provider/cognito";
import { CloudflareStorage } from "@openauthjs/openauth/storage/cloudflare";
import { createSubjects } from "@openauthjs/openauth/subject";

const subjects = createSubjects({
  user: { "~standard": { version: 1, vendor: "bench", validate: (value) => ({ value }) } },
});
let app;

export default {
  fetch(request, env, ctx) {
    app ??= issuer({
      storage: CloudflareStorage({ namespace: env.CONFIG }),
      subjects,
      allow: async () => true,
      providers: {
        cognito: CognitoProvider({
          domain: "bench",
          region: "eu-central-1",
          clientID: env.CLIENT_ID,
          clientSecret: env.CLIENT_SECRET,
          scopes: ["openid", "email", "profile"],
          pkce: true,
        }),
      },
      // It reads the ID token and does not verify it, which is what the provider of OpenAuth leaves to its user.
      async success(context, { tokenset }) {
        const [, payload] = tokenset.raw.id_token.split(".");
        const { sub, email, name } = JSON.parse(Buffer.from(payload, "base64url").toString());
        return context.subject("user", { sub, email, name });
      },
    });
    return app.fetch(request, env, ctx);
  },
};
