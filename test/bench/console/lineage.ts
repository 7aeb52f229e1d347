/** A workspace `large`: five identity providers of sixty attributes each, fifty of which are mapped and released. */
export async function fillLineage(
  api: (method: string, path: string, body?: object) => Promise<unknown>,
): Promise<void> {
  await api("PUT", "large", { name: "Large" });
  const names = Array.from({ length: 60 }, (_, index) => `a${index}`);
  for (const name of names) await api("PUT", `large/schema/${name}`, {});
  const attributes = names.map((name) => ({ source: "id_token", name: `custom:${name}` }));
  const mappings = names.slice(0, 50).map((name) => ({ source: `id_token.custom:${name}`, target: name }));
  for (const id of ["one", "two", "three", "four", "five"])
    await api("PUT", `large/connections/${id}`, {
      name: id,
      method: "cognito",
      settings: { pool_id: "eu-central-1_AbCdEfGhI", region: "eu-central-1", client_id: "app" },
      credentials: { client_secret: "an-upstream-secret" },
      attributes,
      mappings,
    });
  await api("PUT", "large/clients/app", {
    client_name: "App",
    redirect_uris: ["https://app.example.com/callback"],
    scope: "openid profile email",
  });
}
