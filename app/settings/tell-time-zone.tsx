"use client";

import { useEffect } from "react";
import { rememberTimeZone } from "@/app/_reader/remember-time-zone";

/** Lets the server know the browser's time zone, for pages whose times it puts in words. */
export function TellTimeZone() {
  useEffect(rememberTimeZone, []);
  return null;
}
