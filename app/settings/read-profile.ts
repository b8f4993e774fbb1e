import "server-only";
import { cache } from "react";
import { getProfile } from "@/lib/account/profile";

/** The profile of a person, read once for everything that asks while a page is made. */
export const readProfile = cache(getProfile);
