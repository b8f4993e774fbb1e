import "server-only";
import { z } from "zod";
import { features } from "@/lib/auth/features";
import { onboardingTasks } from "@/lib/http/auth/auth-inputs";
import { allProviders } from "@/lib/provider-names";
import { isSitePath } from "@/lib/site-path";

const pathLengthMax = 2_000;
const stateLengthMax = 128;
const codeLengthMax = 2_048;
const errorLengthMax = 100;

const mustBeKnown = `must be ${allProviders.join(" or ")}`;

const provider = z
  .enum(allProviders, mustBeKnown)
  .refine((id) => features.providers.includes(id), "is not offered on this site");

/** The body that begins a link to a provider. */
export const providerInput = z.strictObject({
  provider,
  callbackURL: z
    .string("must be a path of this site")
    .max(pathLengthMax, `must have at most ${pathLengthMax} characters`)
    .refine(isSitePath, "must be a path of this site")
    .optional(),
});

/** The body that begins a sign-in with a provider. */
export const socialSignInInput = providerInput.extend({ onboardingTasks });

/** The body that ends a link. A provider that this site offers no longer can be left as well. */
export const unlinkInput = z.strictObject({
  providerId: z.enum(allProviders, mustBeKnown),
});

/**
 * What a provider sends a browser back with (RFC 6749, section 4.1.2; RFC 9207). Parameters that we
 * do not know are ignored, as the standard demands, and go nowhere.
 */
export const callbackQuery = z.object({
  state: printable(stateLengthMax).optional(),
  code: printable(codeLengthMax).optional(),
  error: printable(errorLengthMax).optional(),
  iss: printable(errorLengthMax).optional(),
});

function printable(lengthMax: number) {
  return z.string().regex(new RegExp(`^[!-~]{1,${lengthMax}}$`), "is not what a provider sends");
}
