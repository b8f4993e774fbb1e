import "server-only";
import type { Endpoints } from "@/lib/http/auth/endpoint";

export const mailLinkEndpoints: Endpoints = {};
