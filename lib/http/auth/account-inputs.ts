import "server-only";
import { z } from "zod";
import { isTimeZone, themes, timeFormats, weekStarts } from "@/lib/account/profile-values";
import { anyPassword, name, newPassword } from "@/lib/http/auth/auth-inputs";

/** The bodies of the routes on one's own account. Parse them with `parseAsync`. */
export const changePasswordInput = z.strictObject({
  currentPassword: anyPassword,
  newPassword,
  // The other sessions end in any case.
  revokeOtherSessions: z.literal(true).optional(),
});

export const setPasswordInput = z.strictObject({ newPassword });

/** Null leaves a choice to the browser again. */
export const updateUserInput = z
  .strictObject({
    name: name.optional(),
    timeZone: z
      .string("must be the name of a time zone")
      .refine(isTimeZone, "is not a time zone that is known here")
      .nullish(),
    weekStart: z.enum(weekStarts, "must be monday, saturday or sunday").nullish(),
    timeFormat: z.enum(timeFormats, 'must be "12" or "24"').nullish(),
    theme: z.enum(themes, "must be light, dark or system").nullish(),
    singleKeys: z.boolean("must be true or false").optional(),
  })
  .refine((changes) => Object.keys(changes).length > 0, {
    error: "must change something",
    when: ({ issues }) => issues.length === 0,
  });

export const deleteUserInput = z.strictObject({ password: anyPassword.optional() });
