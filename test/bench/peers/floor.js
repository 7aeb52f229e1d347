/**
 * The floor: requests, object calls, rows and signatures of a sign-in, and nothing else. What our sign-in does beyond it,
 * it does for a reason; what it costs beyond it is to be explained.
 *
 * Rows of a sign-in, as `test/journeys/rows.test.ts` counts them: session, lineage, grant and outbox at the callback; grant,
 * session, release and the same outbox row at the token endpoint; a new person adds the person's row. The outbox goes to
 * another object by alarm and is removed.
 */
import { DurableObject } from "cloudflare:workers";

const TABLE =
  "CREATE TABLE IF NOT EXISTS row (kind TEXT, id TEXT, body TEXT, PRIMARY KEY (kind, id)) WITHOUT ROWID";
const BODY = JSON.stringify({ body: "x".repeat(600) });

export class Person extends DurableObject {
  #ready = false;

  signIn(id, fresh) {
    for (const kind of ["session", "lineage", "grant", "outbox"]) this.#put(kind, id);
    if (fresh) this.#put("person", "self");
    this.ctx.storage.setAlarm(Date.now() + 30_000);
    return id;
  }

  redeem(id) {
    for (const kind of ["grant", "session", "release", "outbox"]) this.#put(kind, id);
    return BODY;
  }

  async alarm() {
    const rows = this.ctx.storage.sql.exec("SELECT id, body FROM row WHERE kind = 'outbox'").toArray();
    await this.env.LOG.getByName("log").append(rows);
    for (const { id } of rows)
      this.ctx.storage.sql.exec("DELETE FROM row WHERE kind = 'outbox' AND id = ?", id);
  }

  #put(kind, id) {
    if (!this.#ready) this.ctx.storage.sql.exec(TABLE);
    this.#ready = true;
    this.ctx.storage.sql.exec("INSERT OR REPLACE INTO row (kind, id, body) VALUES (?, ?, ?)", kind, id, BODY);
  }
}

export class Log extends DurableObject {
  append(rows) {
    this.ctx.storage.sql.exec(TABLE);
    for (const { id, body } of rows)
      this.ctx.storage.sql.exec(
        "INSERT OR REPLACE INTO row (kind, id, body) VALUES ('event', ?, ?)",
        id,
        body,
      );
  }
}

const RS256 = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
let signing;
let trusted;

const bytes = (text) => new TextEncoder().encode(text);
const encode = (value) => Buffer.from(value).toString("base64url");

async function sign(claims) {
  signing ??= crypto.subtle.generateKey(
    { ...RS256, modulusLength: 2_048, publicExponent: new Uint8Array([1, 0, 1]) },
    true,
    ["sign", "verify"],
  );
  const { privateKey } = await signing;
  const text = `${encode('{"alg":"RS256"}')}.${encode(JSON.stringify(claims))}`;
  return `${text}.${encode(new Uint8Array(await crypto.subtle.sign(RS256, privateKey, bytes(text))))}`;
}

async function verify(token) {
  trusted ??= fetch("https://cognito-idp.eu-central-1.amazonaws.com/x/jwks.json")
    .then((response) => response.json())
    .then(({ keys }) =>
      Promise.all(
        keys.map(({ kty, n, e }) => crypto.subtle.importKey("jwk", { kty, n, e }, RS256, false, ["verify"])),
      ),
    );
  const [header, payload, signature] = token.split(".");
  const { kid } = JSON.parse(Buffer.from(header, "base64url").toString());
  const key = (await trusted)[kid === "id=" ? 0 : 1];
  const good = await crypto.subtle.verify(
    RS256,
    key,
    Buffer.from(signature, "base64url"),
    bytes(`${header}.${payload}`),
  );
  if (!good) throw new Error("the signature is wrong");
  return JSON.parse(Buffer.from(payload, "base64url").toString());
}

export default {
  async fetch(request, env) {
    const url = new URL(request.url);
    switch (url.pathname) {
      case "/hello":
        return new Response("hello");
      case "/authorize":
        return new Response(null, {
          status: 303,
          headers: {
            location: `https://bench.auth.eu-central-1.amazoncognito.com/oauth2/authorize?state=s&nonce=n`,
          },
        });
      case "/callback": {
        const response = await fetch("https://bench.auth.eu-central-1.amazoncognito.com/oauth2/token", {
          method: "POST",
          body: new URLSearchParams({ code: url.searchParams.get("code") ?? "" }),
        });
        const { id_token, access_token } = await response.json();
        const [{ sub }] = [await verify(id_token), await verify(access_token)];
        const id = crypto.randomUUID();
        await env.PERSON.getByName(sub).signIn(id, url.searchParams.has("fresh"));
        return new Response(null, {
          status: 303,
          headers: { location: `http://127.0.0.1/callback?code=${sub}~${id}` },
        });
      }
      case "/token": {
        const [sub, id] = new URLSearchParams(await request.text()).get("code").split("~");
        const body = await env.PERSON.getByName(sub).redeem(id);
        const claims = { sub, body };
        return Response.json({ id_token: await sign(claims), access_token: await sign(claims) });
      }
      default:
        return new Response(null, { status: 404 });
    }
  },
};
