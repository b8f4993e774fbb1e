import { describe, expect, it } from "vitest";
import { readDatabaseUrl } from "@/lib/database-url.mjs";
import { readEnvironment } from "@/lib/env";

const whole = { user: "ada", password: "secret-word", host: "db.example", database: "evo" };

describe("the address of a database", () => {
  it.each<[string, object]>([
    ["postgresql://ada:secret-word@db.example/evo", whole],
    ["postgres://ada:secret-word@db.example:6432/evo", { ...whole, port: 6432 }],
    ["  postgresql://ada:secret-word@db.example/evo\n", whole],
    [
      "postgresql://ada:p%23%2F%3F%40%3A%25%20s@db.example/evo",
      { ...whole, password: "p#/?@:% s" },
    ],
    ["postgresql://ada:p[ss@db.example/evo", { ...whole, password: "p[ss" }],
    ["postgresql://ada:p@ss@db.example/evo", { ...whole, password: "p@ss" }],
    ["postgresql://db.example/evo?user=ada&password=secret-word", whole],
    ["postgresql://ada@[::1]:5432/evo", { user: "ada", host: "::1", port: 5432, database: "evo" }],
    [
      "postgresql://ada:secret-word@/evo?host=/var/run/postgresql",
      { ...whole, host: "/var/run/postgresql" },
    ],
    ["postgresql:///evo?host=/run/pg&user=ada", { user: "ada", host: "/run/pg", database: "evo" }],
    ["postgresql://ada@%2Frun%2Fpg/evo", { user: "ada", host: "/run/pg", database: "evo" }],
    [
      "postgresql://ada:secret-word@db.example/evo?application_name=web&options=-c%20jit=off",
      { ...whole, application_name: "web", options: "-c jit=off" },
    ],
  ])("%j is understood", (url, connection) => {
    expect(readDatabaseUrl(url).connection).toEqual(connection);
  });

  it.each([
    ["", "public"],
    ["?schema=tasks", "tasks"],
    ["?options=-c%20search_path%3Dtasks", "tasks"],
    ["?options=-csearch_path%3Dtasks,public%20-c%20jit%3Doff", "tasks"],
    ["?options=--search_path%3D%22My%5C%20tasks%22", "My tasks"],
    ["?schema=tasks&options=-c%20search_path%3Dother", "tasks"],
  ])("with %j the tables are in the schema %s", (query, schema) => {
    const { connection, ...read } = readDatabaseUrl(`postgresql://db.example/evo${query}`);
    expect(read.schema).toBe(schema);
    expect(connection.options ?? "").not.toContain("search_path");
  });

  it.each([
    ["", undefined],
    ["?sslmode=disable", "off"],
    ["?sslmode=require", "checked"],
    ["?sslmode=verify-full", "checked"],
    ["?sslmode=verify-ca&sslrootcert=/ca.pem", "checked-authority"],
    ["?sslmode=no-verify", "unchecked"],
    ["?uselibpqcompat=true&sslmode=require", "unchecked"],
    ["?ssl=true", "checked"],
  ])("%j decides about TLS", (query, tls) => {
    expect(readDatabaseUrl(`postgresql://db.example/evo${query}`).tls).toBe(tls);
  });
});

describe("an address that cannot be used is refused at start, with the way out and without its secrets", () => {
  const encode = /percent-encoded: # as %23/;
  it.each<[string, RegExp]>([
    ["postgresql://ada:secret-word#1@db.example/evo", encode],
    ["postgresql://ada:secret-word/1@db.example/evo", encode],
    ["postgresql://ada:12/secret-word@db.example/evo", encode],
    ["postgresql://ada:secret-word?1@db.example/evo", encode],
    ["postgresql://ada:12?secret-word@db.example/evo", encode],
    [
      "postgresql://ada:secret-word%zz@db.example/evo",
      /% that does not begin an escape; write it as %25/,
    ],
    ['"postgresql://ada:secret-word@db.example/evo"', /quotation marks/],
    ["'postgresql://ada:secret-word@db.example/evo'", /quotation marks/],
    ["postgresql://ada:secret-word@one:5432,two:5432/evo", /several hosts/],
    ["postgresql://ada:secret-word@one,two/evo", /several hosts/],
    ["postgresql://ada:secret-word@/evo?host=one,two", /several hosts/],
    ["host=db.example user=ada password=secret-word", /starts with postgresql:\/\//],
    ["mysql://ada:secret-word@db.example/evo", /starts with postgresql:\/\//],
    ["postgresql://ada:secret-word@db.example:port/evo", /must look like postgresql:\/\//],
    ["postgresql://ada:secret-word@db.example/evo?sslmode=on", /unknown sslmode; it is one of/],
    ["postgresql://ada:secret-word@db.example/evo?sslmode=verify-ca", /no sslrootcert/],
    ["postgresql://db.example/evo?options=-csearch_path%3D$user,public", /\?schema=/],
  ])("%j", (url, wayOut) => {
    for (const name of ["DATABASE_URL", "DIRECT_URL", "DATABASE_URL_UNPOOLED"]) {
      const message = messageOf(() => readEnvironment({ [name]: url }));
      expect(message).toMatch(wayOut);
      expect(message).toContain(`  ${name}: `);
      expect(message).not.toContain("secret-word");
    }
  });
});

function messageOf(work: () => unknown): string {
  try {
    work();
    return "";
  } catch (error) {
    return String(error);
  }
}
