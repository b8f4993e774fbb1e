import { z } from "zod";
import { scopes } from "@/lib/operations/scopes";
import { allProviders } from "@/lib/operations/sign-in-ways";
import { task } from "@/lib/operations/tasks/schemas";

export const exportFormat = "evo-todo-export";
export const exportVersion = 1;

const moment = z.iso.datetime({ precision: 3 });

/** A task in an export: all of its members but the owner, and when it went to the trash. */
export const exportedTask = z.strictObject({
  ...task.omit({ userId: true }).shape,
  deletedAt: moment.nullable(),
});

const profile = z.strictObject({
  name: z.string(),
  email: z.string(),
  emailVerified: z.boolean(),
  timeZone: z.string().nullable(),
  weekStart: z.string().nullable(),
  timeFormat: z.string().nullable(),
  theme: z.string().nullable(),
  singleKeys: z.boolean(),
  createdAt: moment,
});

const session = z.strictObject({
  device: z.string(),
  userAgent: z.string().nullable(),
  ipAddress: z.string().nullable(),
  createdAt: moment,
  lastSeenAt: moment,
  expiresAt: moment,
});

const passkey = z.strictObject({
  name: z.string(),
  createdAt: moment,
  lastUsedAt: moment.nullable(),
  backedUp: z.boolean(),
});

const apiKey = z.strictObject({
  name: z.string(),
  scopes: z.array(z.enum(scopes)),
  lastFour: z.string(),
  createdAt: moment,
  expiresAt: moment.nullable(),
  lastUsedAt: moment.nullable(),
});

const signInMethod = z.strictObject({
  method: z.enum(["password", ...allProviders]),
  /** The person's id at the provider; null for the password. */
  providerAccountId: z.string().nullable(),
  createdAt: moment,
});

/** All of a person's data as one file; `specs/004-jwt-auth/export-format.md` describes it. */
export const exportFile = z.strictObject({
  format: z.literal(exportFormat),
  version: z.literal(exportVersion),
  exportedAt: moment,
  profile,
  signInMethods: z.array(signInMethod),
  twoStep: z.strictObject({
    enabled: z.boolean(),
    authenticatorApp: z.boolean(),
    recoveryCodesLeft: z.int(),
  }),
  passkeys: z.array(passkey),
  apiKeys: z.array(apiKey),
  sessions: z.array(session),
  tasks: z.array(exportedTask),
});

export type ExportedTask = z.infer<typeof exportedTask>;
