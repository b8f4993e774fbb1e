import { describe, expect, it } from "vitest";
import { offersPasskeys } from "@/lib/auth/features";
import { relyingParty } from "@/lib/auth/site";
import { canHavePasskeys } from "@/lib/operations/sign-in-ways";

describe("passkeys are offered where a browser allows them, by the address of the page", () => {
  it.each([
    "https://tasks.example",
    "https://tasks.example:8443",
    "https://tasks",
    "http://localhost:3000",
    "http://tasks.localhost",
  ])("at %s", (address) => {
    expect(canHavePasskeys(new URL(address))).toBe(true);
  });

  it.each([
    "http://127.0.0.1:3000",
    "http://[::1]:3000",
    "http://2130706433:3000",
    "http://0x7f.1",
    "http://192.168.1.5",
    "https://192.168.1.5",
    "https://[2001:db8::1]",
    "http://tasks.example",
    "http://tasks",
    "http://localhost.example",
    "http://notlocalhost",
  ])("not at %s", (address) => {
    expect(canHavePasskeys(new URL(address))).toBe(false);
  });
});

it("the server knows by the host that a page is asked for at", () => {
  const offered = (host: string) => offersPasskeys(new Headers({ host }));
  const hosts = ["localhost:3000", "127.0.0.1:3000", "[::1]:3000", "tasks.example", "localhost"];
  expect(hosts.map(offered)).toEqual([true, false, false, false, false]);
  expect(offersPasskeys(new Headers())).toBe(false);
});

it("passkeys of this machine belong to the one of its names that can have them", () => {
  expect(relyingParty.id).toBe("localhost");
});
