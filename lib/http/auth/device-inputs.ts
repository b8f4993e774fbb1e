import "server-only";
import { z } from "zod";
import { anyName, name, text } from "@/lib/http/auth/auth-inputs";
import { nameLengthMax } from "@/lib/operations/account-fields";

// The page that asks for approval shows this name, so no character may reorder or break the line.
const reorderingClass =
  "[\\u0000-\\u001f\\u007f-\\u009f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069]";
const reordering = new RegExp(reorderingClass, "u");

const clientId = name
  .refine(
    (value) => !reordering.test(value),
    "must not have characters that steer how text is shown",
  )
  .meta({
    minLength: 1,
    maxLength: nameLengthMax,
    pattern: `^(?![\\s\\S]*${reorderingClass})${anyName.slice(1)}`,
  });

/** The bodies of the OAuth endpoints, which ignore unknown members (RFC 6749, section 3.2). */
export const deviceCodeInput = z.object({ client_id: clientId, scope: text.default("") });

export const grantInput = z.object({ grant_type: text });

export const deviceGrantInput = z.object({ device_code: text, client_id: text });

export const refreshGrantInput = z.object({ refresh_token: text });

export const userCodeInput = z.strictObject({ userCode: text });
