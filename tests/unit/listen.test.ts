import { execFile } from "node:child_process";
import { once } from "node:events";
import { createServer, Server } from "node:net";
import { hostname } from "node:os";
import { afterEach, describe, expect, it, vi } from "vitest";
import { listenAddress } from "@/lib/start/listen-address.mjs";

afterEach(() => vi.restoreAllMocks());

describe("HOSTNAME", () => {
  it.each(["127.0.0.1", "0.0.0.0", "::1", "::"])(
    "is used where it is an address: %s",
    async (address) => {
      expect(await listenAddress(address)).toBe(address);
    },
  );

  it("means all addresses where it is empty or the machine's own name, as in a container", async () => {
    const all = await listenAddress("");
    expect(["::", "0.0.0.0"]).toContain(all);
    expect(await listenAddress(hostname())).toBe(all);
    expect(await listenAddress(`${hostname().split(".")[0]}.example`)).toBe(all);
  });

  it("is refused where it is another name, which would be ignored", async () => {
    await expect(listenAddress("web.example")).rejects.toThrow(/HOSTNAME must be an IP address/);
    await expect(listenAddress("localhost:3000")).rejects.toThrow(/HOSTNAME/);
  });

  it("gives way to IPv4 alone where IPv6 is off", async () => {
    const { listen } = Server.prototype;
    vi.spyOn(Server.prototype, "listen").mockImplementation(function listenWithoutIpv6(
      this: Server,
      ...given: unknown[]
    ) {
      if (JSON.stringify(given[0]).includes('"::"')) {
        const error = Object.assign(new Error("no IPv6"), { code: "EAFNOSUPPORT" });
        queueMicrotask(() => this.emit("error", error));
        return this;
      }
      return Reflect.apply(listen, this, given);
    });
    expect(await listenAddress("")).toBe("0.0.0.0");
  });
});

describe("where it cannot listen, the server says what to do about it", () => {
  it("on a port that another process has", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const address = other.address();
    const port = typeof address === "object" && address ? address.port : 0;
    expect(await failureToListen(port, "127.0.0.1")).toMatch(
      new RegExp(`^Port ${port} is in use.*PORT`),
    );
    other.close();
  });

  it("on a port that its user may not have", async () => {
    // A network of its own in which this process has no rights, root or not.
    const said = await failureToListen(80, "0.0.0.0", ["unshare", "--user", "--net", "--"]);
    expect(said).toMatch(/may not listen on port 80\. Set PORT to one above 1023/);
  });

  it.each(["192.0.2.1", "2001:db8::1"])(
    "on an address that the machine does not have: %s",
    async (address) => {
      expect(await failureToListen(0, address)).toMatch(`HOSTNAME names ${address}`);
    },
  );
});

/** What a server as ours is made says before it ends with 1, in one line. */
async function failureToListen(port: number, host: string, under: string[] = []): Promise<string> {
  const program = `
    import http from "node:http";
    import { limitHttpServers } from "./lib/start/http-limits.mjs";
    limitHttpServers();
    http.createServer(() => {}).listen(${port}, "${host}");`;
  const [command = "", ...rest] = [
    ...under,
    process.execPath,
    "--input-type=module",
    "-e",
    program,
  ];
  return new Promise((done) => {
    execFile(command, rest, (error, _, said) => {
      expect(error?.code).toBe(1);
      expect(said.trim().split("\n")).toHaveLength(1);
      done(said);
    });
  });
}
