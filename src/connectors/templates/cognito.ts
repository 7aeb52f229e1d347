import type { Template } from "./template.ts";

export const cognitoTemplate = {
  id: "cognito",
  name: "AWS Cognito",
  method: "cognito",
  summary: "People of an Amazon Cognito user pool.",
  steps: [
    "In the AWS console open Amazon Cognito > User pools, choose the pool, and then App clients > Create app client > Traditional web application, so that the app client has a secret.",
    "Under Login pages > Edit, enter {redirect_url} as an allowed callback URL, choose Cognito user pool as identity provider, Authorization code grant alone, and the scopes Email, OpenID and Profile.",
    "The pool needs a domain: Branding > Domain.",
    "To receive custom attributes, give the app client read permission on them: Attribute permissions > Edit.",
  ],
  asks: [],
  settings: {},
  fields: {},
} as const satisfies Template;
