import "server-only";
import { z } from "zod";
import { anyPassword } from "@/lib/http/auth/auth-inputs";

export const verifyPasswordInput = z.strictObject({ password: anyPassword });
