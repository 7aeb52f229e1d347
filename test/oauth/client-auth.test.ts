/** What a client claims to be, before anything is proven (RFC 6749 §2.3, RFC 7523 §2.2). */
import { base64url } from "jose";
import { describe, expect, it } from "vitest";
import { clientCredentials } from "../../src/oauth/client-auth.ts";

const TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
const jwt = (claims: object, padding = "") =>
  `e30.${base64url.encode(JSON.stringify({ ...claims, padding }))}.x`;
const body = (fields: Record<string, string>) => new URLSearchParams(fields);
const assertion = (client_assertion: string, client_assertion_type = TYPE) =>
  body({ client_assertion, client_assertion_type });

describe("an assertion", () => {
  it("names its client by its subject, until it is proven", () => {
    const text = jwt({ sub: "app" });
    expect(clientCredentials(null, assertion(text))).toEqual({
      by: "private_key_jwt",
      client_id: "app",
      assertion: text,
    });
  });

  it.each([
    ["of another type", assertion(jwt({ sub: "app" }), `${TYPE}2`)],
    ["of the type of SAML", assertion(jwt({ sub: "app" }), TYPE.replace("jwt", "saml2"))],
    ["without its type", body({ client_assertion: jwt({ sub: "app" }) })],
    ["without itself", body({ client_assertion_type: TYPE })],
    ["of more than 8192 characters (threat 25)", assertion(jwt({ sub: "app" }, "x".repeat(8_000)))],
  ])("%s is none", (_, fields) => {
    expect(() => clientCredentials(null, fields)).toThrow("client_assertion is not a JWT bearer assertion");
  });

  it.each([
    ["no subject", jwt({})],
    ["a subject that is no text", jwt({ sub: 7 })],
    ["a payload that is null", `e30.${base64url.encode("null")}.x`],
    ["a payload that is no JSON", "e30.eA.x"],
    ["no parts", "x"],
  ])("with %s is refused", (_, text) => {
    expect(() => clientCredentials(null, assertion(text))).toThrow("client_assertion has no subject");
  });

  it("beside a secret is one way too many", () => {
    const both = assertion(jwt({ sub: "app" }));
    both.set("client_id", "app");
    both.set("client_secret", "secret");
    expect(() => clientCredentials(null, both)).toThrow("the client authenticates in more than one way");
  });

  it("of one client under the name of another is refused", () => {
    const named = assertion(jwt({ sub: "app" }));
    named.set("client_id", "other");
    expect(() => clientCredentials(null, named)).toThrow("client_id is not the client that authenticates");
  });
});

describe("Basic (RFC 6749 §2.3.1)", () => {
  const basic = (text: string) => clientCredentials(`Basic ${btoa(text)}`, body({}));

  it("is form-encoded: a plus is a space, and %3A a colon", () => {
    expect(basic("my+app:a%3Ab%20c%2Bd")).toEqual({
      by: "client_secret_basic",
      client_id: "my app",
      secret: "a:b c+d",
    });
  });

  it("is it by whatever case its name is written in (RFC 9110 §11.1)", () => {
    expect(clientCredentials(`bAsIc ${btoa("app:s")}`, body({}))).toMatchObject({ client_id: "app" });
  });

  it("keeps colons of a secret that was not encoded, and a % that encodes nothing", () => {
    expect(basic("app:a:b%")).toMatchObject({ client_id: "app", secret: "a:b%" });
  });

  it.each(["Basic", "Basic ", "Basic !", "Digest YTpi", "Basic YTpi YTpi", `Basic ${"A".repeat(4_100)}`])(
    "%j is not it",
    (header) => {
      expect(() => clientCredentials(header, body({}))).toThrow(
        "the authorization header is not Basic credentials",
      );
    },
  );
});
