import { z } from "zod";
import { type Clock, HearthworkError } from "../../../domain/index.ts";
import type { Credentials } from "../../credentials.ts";
import { askJson, type HttpRequest } from "../../transports/askHttp.ts";

/** A way to ask a miner that wants a login. */
export interface Session {
  /** @throws {HearthworkError} what `askJson` throws. */
  ask<T>(request: HttpRequest, schema: z.ZodType<T>, signal: AbortSignal): Promise<T>;
}

const loginSchema = z.object({ token: z.string().min(1).max(4096) });
/** A password that was refused is not tried again sooner, s: miners may lock their door. */
const refusedFor = 60;

/**
 * Logs in when it has to, and again when its token has run out. The vendor's API takes the token bare in the
 * authorization header; some releases and proxies want `Bearer` before it, so that is tried next.
 */
export function openSession(device: URL, credentials: () => Required<Credentials>, clock: Clock): Session {
  let token: string | undefined;
  let prefix: "" | "Bearer " = "";
  let refused: { readonly password: string; readonly at: number } | undefined;

  const login = async (signal: AbortSignal) => {
    const { username, password } = credentials();
    if (refused && refused.password === password && clock.monotonic() - refused.at < refusedFor) {
      throw new HearthworkError({
        code: "device/not-allowed",
        message: `${device.host} refused this user and password a moment ago; check the entry under credentials`,
        retry: "later",
      });
    }
    const body = { username, password };
    const request = { method: "POST", path: "/api/v1/auth/login", body, secrets: [password] } as const;
    try {
      ({ token } = await askJson(device, request, loginSchema, signal));
      refused = undefined;
    } catch (thrown) {
      if (isRefusal(thrown)) refused = { password, at: clock.monotonic() };
      throw thrown;
    }
  };
  const askWithToken = <T>(request: HttpRequest, schema: z.ZodType<T>, signal: AbortSignal) => {
    const headers = { ...request.headers, authorization: `${prefix}${token}` };
    return askJson(device, { ...request, headers }, schema, signal);
  };

  return {
    async ask(request, schema, signal) {
      const isFresh = token === undefined;
      if (isFresh) await login(signal);
      const attempt = () => askWithToken(request, schema, signal);
      const afterLogin = async () => {
        await login(signal);
        return attempt();
      };
      const otherwise = () => {
        prefix = prefix === "" ? "Bearer " : "";
        return attempt();
      };
      return isFresh
        ? elseIfRefused(attempt, otherwise)
        : elseIfRefused(attempt, () => elseIfRefused(afterLogin, otherwise));
    },
  };
}

async function elseIfRefused<T>(first: () => Promise<T>, second: () => Promise<T>): Promise<T> {
  try {
    return await first();
  } catch (thrown) {
    if (isRefusal(thrown)) return second();
    throw thrown;
  }
}

const isRefusal = (thrown: unknown) => thrown instanceof HearthworkError && thrown.data["status"] === 401;
