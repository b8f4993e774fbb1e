import { request } from "node:http";
import { expect, test } from "@playwright/test";
import { freePort } from "../support/free-port";
import { startApp } from "./support/app";
import { createAccount } from "./support/person";
import { createDatabase } from "./support/postgres";

const triesCount = 200;
// One account's tries wait in a short line, beyond which they are turned away as too many at once.
const atOnce = 20;

const paths = [
  "/api/auth/sign-in/email",
  "/api/auth/sign-in/email/",
  "/api/auth//sign-in/email",
  "//api/auth/sign-in/email",
  "/api/auth/./sign-in/email",
  "/api/auth/x/../sign-in/email",
  "/api/auth/sign-in/email?again=1",
  "/api/auth/%73ign-in/email",
  "/api/auth/sign-in%2Femail",
  "/api/auth/sign-in\\email",
  "/api/auth/sign-in/email;v=1",
  "/api/auth/sign-in/email%20",
  "/api/auth/sign-in/email%00",
  "/API/auth/sign-in/email",
  "/api/auth/Sign-In/Email",
  "/api/auth/sign-in/email.json",
];

test("of 200 wrong passwords for one account ten are tried, and its owner still signs in, after a restart as well", async () => {
  const database = await createDatabase();
  const port = String(await freePort());
  const site = {
    DATABASE_URL: database.url,
    BETTER_AUTH_SECRET: "a secret that only this test knows about",
    BETTER_AUTH_URL: `http://localhost:${port}`,
    RATE_LIMIT_PER_MINUTE: "0",
    TRUST_PROXY: "1",
  };
  const apps = await Promise.all([startApp({ ...site, PORT: port }), startApp(site)]);
  try {
    const urls = apps.map((app) => app.url);
    const person = await createAccount(site.BETTER_AUTH_URL);
    const signIn = (index: number, path: string, email: string, password: string, cookie = "") =>
      post({
        url: urls[(index >> 1) % urls.length] ?? "",
        path,
        headers: {
          "X-Forwarded-For": `203.0.113.${index}`,
          "X-Forwarded-Host": new URL(site.BETTER_AUTH_URL).host,
          ...(cookie && { Cookie: cookie }),
        },
        body: { email, password },
      });

    const statuses: number[] = [];
    for (let first = 0; first < triesCount; first += atOnce) {
      const tries = Array.from({ length: atOnce }, (_, place) => {
        const index = first + place;
        // Half of them by the plain path, so that the limit is what stops them.
        const path = paths[index % 2 === 0 ? 0 : (index >> 2) % paths.length] ?? "";
        return signIn(index, path, spelt(person.email, index), `wrong password ${index}`);
      });
      statuses.push(...(await Promise.all(tries)));
    }
    const count = (status: number) => statuses.filter((found) => found === status).length;
    expect(count(401), "tried").toBe(10);
    expect(count(429), "refused untried").toBeGreaterThan(90);
    const others = new Set(statuses.filter((status) => status !== 401 && status !== 429));
    expect([...others].filter((status) => ![308, 400, 404].includes(status))).toEqual([]);

    expect(await apps[1].end("SIGTERM")).toBe(0);
    apps[1] = await startApp({ ...site, PORT: new URL(apps[1].url).port });
    // One for each process.
    for (const index of [0, 2]) {
      const { email, password, cookie } = person;
      expect(await signIn(index, paths[0] ?? "", email, password)).toBe(429);
      expect(await signIn(index, paths[0] ?? "", email, password, cookie)).toBe(200);
    }
  } finally {
    await Promise.all(apps.map((app) => app.end("SIGKILL")));
    await database.drop();
  }
});

/** The same address in another spelling. */
function spelt(email: string, index: number): string {
  const letters = Array.from(email, (letter, place) =>
    (index >> (place % 7)) % 2 === 0 ? letter : letter.toUpperCase(),
  );
  return letters.join("");
}

type Posted = {
  url: string;
  path: string;
  headers: Record<string, string>;
  body: Record<string, string>;
};

/** Sends the path as it stands, which `fetch` would tidy up. */
function post({ url, path, headers, body }: Posted): Promise<number> {
  const { hostname, port } = new URL(url);
  return new Promise((done, fail) => {
    const type = { "Content-Type": "application/json" };
    const options = { hostname, port, path, method: "POST", headers: { ...type, ...headers } };
    const sent = request(options, (answer) => {
      answer.resume();
      answer.once("end", () => done(answer.statusCode ?? 0));
    });
    sent.once("error", fail);
    sent.end(JSON.stringify(body));
  });
}
