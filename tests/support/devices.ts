import { z } from "zod";
import { type Answer, call } from "@/tests/support/api";

export const deviceGrant = "urn:ietf:params:oauth:grant-type:device_code";

const codes = z.object({ device_code: z.string(), user_code: z.string() });

/** Sends a form to an OAuth endpoint, as a device does. */
export function postForm(path: string, form: Record<string, string> | string): Promise<Answer> {
  return call("POST", `/api/auth${path}`, {
    raw: new URLSearchParams(form).toString(),
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
  });
}

/** A device that has asked to be let in. */
export async function startDevice(form: Record<string, string> = {}) {
  const answer = await postForm("/device/code", { client_id: "todo-cli", ...form });
  const { device_code: deviceCode, user_code: userCode } = codes.parse(answer.body);
  return { deviceCode, userCode, approval: { userCode } };
}

/** Asks for a device's token. */
export function poll(deviceCode: string, form: Record<string, string> = {}): Promise<Answer> {
  return postForm("/device/token", {
    grant_type: deviceGrant,
    device_code: deviceCode,
    client_id: "todo-cli",
    ...form,
  });
}

/** The `error` of an answer of an OAuth endpoint. */
export function oauthErrorIn({ body }: Answer): string {
  return z.looseObject({ error: z.string() }).parse(body).error;
}
