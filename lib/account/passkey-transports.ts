import "server-only";
import type { RegistrationResponseJSON } from "@simplewebauthn/server";

type Transport = NonNullable<RegistrationResponseJSON["response"]["transports"]>[number];

const transports: Transport[] = ["ble", "cable", "hybrid", "internal", "nfc", "smart-card", "usb"];

/** The ways of reaching an authenticator among what a browser said. It may know ones that we do not. */
export function readTransports(said: string[]): Transport[] {
  return transports.filter((transport) => said.includes(transport));
}
