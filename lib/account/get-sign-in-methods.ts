import "server-only";
import { database } from "@/lib/db/client";
import { allProviders, type Provider } from "@/lib/provider-names";

/** The ways into an account beside passkeys. */
export type SignInMethods = { hasPassword: boolean; providers: Provider[] };

/** Whether a person has a password, and which providers their account is linked to. */
export async function getSignInMethods(userId: string): Promise<SignInMethods> {
  const rows = await database().account.findMany({
    where: { userId },
    select: { providerId: true, password: true },
  });
  return {
    hasPassword: rows.some((row) => row.providerId === "credential" && row.password !== null),
    providers: allProviders.filter((provider) => rows.some((row) => row.providerId === provider)),
  };
}
