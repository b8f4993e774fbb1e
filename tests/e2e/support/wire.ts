import { connect, createServer, type Socket } from "node:net";

/** The wire between the app and its database, which a test can cut and freeze. */
export type Wire = {
  /** The database's address through the wire. */
  url: string;
  /** What happens to the database: it answers, refuses every connection, or keeps silent. */
  set: (state: "up" | "cut" | "frozen") => void;
  close: () => void;
};

/** Lays a wire to a database. */
export async function layWire(databaseUrl: string): Promise<Wire> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let state: "up" | "cut" | "frozen" = "up";
  const server = createServer((near) => {
    if (state === "cut") {
      near.destroy();
      return;
    }
    const far = connect(Number(target.port), target.hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on("data", (chunk) => state === "up" && to.write(chunk));
      from.on("error", () => from.destroy());
      from.on("close", () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  const url = new URL(databaseUrl);
  url.host = `127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
  const cut = () => {
    for (const socket of sockets) {
      socket.destroy();
    }
  };
  return {
    url: url.href,
    set: (next) => {
      // What a frozen server lost does not come back: its connections end as it thaws.
      if (next === "cut" || state === "frozen") {
        cut();
      }
      state = next;
    },
    close: () => {
      cut();
      server.close();
    },
  };
}
