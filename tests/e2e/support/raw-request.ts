import { connect } from "node:net";

/** Sends bytes as they are to the app and returns all it answers until it closes the connection. */
export function rawRequest(url: string, text: string): Promise<string> {
  const { port } = new URL(url);
  return new Promise((done, fail) => {
    const socket = connect(Number(port), "127.0.0.1", () => socket.write(text));
    let answer = "";
    socket.on("data", (chunk) => {
      answer += chunk;
    });
    socket.once("error", fail);
    socket.once("close", () => done(answer));
  });
}
