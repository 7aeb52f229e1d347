/** What a new script begins with. */
import type { JsonObject } from "../../../flow.ts";

interface Template {
  readonly id: string;
  readonly name: string;
  readonly note: string;
  readonly body: string;
  readonly input: JsonObject;
  readonly hosts?: readonly string[];
  readonly secrets?: readonly string[];
}

const CONTEXT = { authn_ctx: { given_name: "Ada", email: "ada@example.com" } };

export const TEMPLATES: readonly Template[] = [
  {
    id: "empty",
    name: "Empty",
    note: "Changes nothing yet.",
    body: "module.exports = async function (context) {\n  return {};\n};\n",
    input: CONTEXT,
  },
  {
    id: "context",
    name: "Change the context",
    note: "Sets an attribute that the workspace's schema has.",
    body: `module.exports = async function (context) {
  const { given_name } = context.authn_ctx;
  return {
    authn_ctx: { nickname: "Dear " + given_name },
  };
};
`,
    input: CONTEXT,
  },
  {
    id: "api",
    name: "Call an API",
    note: "Needs the host of the API on the script's list.",
    body: `module.exports = async function (context) {
  const response = await fetch("https://api.example.com/people/" + encodeURIComponent(context.authn_ctx.email));
  if (!response.ok) {
    console.error("the API answered", response.status);
    return {};
  }
  const { groups } = await response.json();
  return { authn_ctx: { groups } };
};
`,
    input: CONTEXT,
    hosts: ["api.example.com"],
  },
  {
    id: "secret",
    name: "Use a secret",
    note: "Needs a secret API_KEY of this workspace, which is made first, and the host on the script's list.",
    body: `module.exports = async function (context) {
  const response = await fetch("https://api.example.com/people", {
    headers: { authorization: "Bearer " + context.secrets.API_KEY },
  });
  console.log("the API answered", response.status);
  return {};
};
`,
    input: CONTEXT,
    hosts: ["api.example.com"],
    secrets: ["API_KEY"],
  },
  {
    id: "providers",
    name: "Choose providers",
    note: "Says which identity providers somebody may choose from. Chosen in the advanced settings.",
    body: `module.exports = async function (context) {
  const isStaff = (context.request.query_params.login_hint || []).some((hint) => hint.endsWith("@example.com"));
  return {
    idps_ids: context.idps.filter(({ id }) => isStaff || id !== "staff").map(({ id }) => id),
  };
};
`,
    input: {
      idps: [
        { id: "customers", name: "Customers" },
        { id: "staff", name: "Staff" },
      ],
      request: { headers: {}, query_params: { login_hint: ["ada@example.com"] } },
    },
  },
];
