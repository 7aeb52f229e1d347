/** The Worker with every storage call counted: which objects are called how, and what is written to KV. */
import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import worker from "../src/index.ts";
import type { Via } from "./browser.ts";

export interface Counting {
  readonly via: Via;
  /** `SUBJECT.signIn`, `CONFIG.put`, in order. Asking how fresh the configuration is comes once in ten seconds and is left out. */
  readonly calls: string[];
}

const OBJECTS = ["WORKSPACE", "SUBJECT", "DIRECTORY", "ONCE", "AUDIT"] as const;

export function counting(changed: Partial<Cloudflare.Env> = {}): Counting {
  const calls: string[] = [];
  const wrapped = Object.fromEntries(OBJECTS.map((name) => [name, namespace(name, env[name], calls)]));
  const counted = { ...env, ...wrapped, CONFIG: kv(calls), ...changed } as Cloudflare.Env;
  return {
    calls,
    async via(request) {
      const context = createExecutionContext();
      const response = await worker.fetch(request, counted, context);
      await waitOnExecutionContext(context);
      return response;
    },
  };
}

function namespace(name: string, objects: object, calls: string[]): object {
  return new Proxy(objects, {
    get(target, property) {
      const member: unknown = Reflect.get(target, property);
      if (typeof member !== "function") return member;
      const makesStub = property === "getByName" || property === "get";
      return (...given: unknown[]) => {
        const made: unknown = Reflect.apply(member, target, given);
        return makesStub ? stub(name, made as object, calls) : made;
      };
    },
  });
}

function stub(name: string, object: object, calls: string[]): object {
  return new Proxy(object, {
    get(target, property) {
      const member: unknown = Reflect.get(target, property);
      if (typeof member !== "function") return member;
      return (...given: unknown[]) => {
        if (`${name}.${String(property)}` !== "WORKSPACE.head") calls.push(`${name}.${String(property)}`);
        return Reflect.apply(member, target, given) as unknown;
      };
    },
  });
}

function kv(calls: string[]): object {
  return new Proxy(env.CONFIG, {
    get(target, property) {
      const member: unknown = Reflect.get(target, property);
      if (typeof member !== "function") return member;
      return (...given: unknown[]) => {
        if (property !== "get") calls.push(`CONFIG.${String(property)}`);
        return Reflect.apply(member, target, given) as unknown;
      };
    },
  });
}
