// The container's health check: exits with 0 while the app answers where it listens, otherwise with 1.
import { isAlive } from "./is-alive.mjs";
import { listenAddress } from "./listen-address.mjs";

const { PORT, HOSTNAME = "" } = process.env;
process.exit((await isAlive(Number(PORT || "3000"), await listenAddress(HOSTNAME))) ? 0 : 1);
