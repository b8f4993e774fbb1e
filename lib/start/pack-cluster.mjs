// `node lib/start/pack-cluster.mjs <file>`: makes the embedded Postgres's first data, a cluster with
// nothing in it, as one archive. Making it takes a gigabyte of memory, which the machine that builds
// the app has; unpacking it takes a third of that.
import { renameSync, writeFileSync } from "node:fs";
import { PGlite } from "@electric-sql/pglite";

const [file = ""] = process.argv.slice(2);
const database = await PGlite.create();
const archive = await database.dumpDataDir("gzip");
await database.close();
// Under its name only when it is whole, so an interrupted build leaves none.
const unfinished = `${file}.${process.pid}`;
writeFileSync(unfinished, Buffer.from(await archive.arrayBuffer()));
renameSync(unfinished, file);
