import "server-only";
import type { IncomingMessage } from "node:http";

const ofNext =
  /^(rsc|next-(router-state-tree|router-prefetch|router-segment-prefetch|url|action)|x-(middleware|nextjs)-.*)$/;

/** Takes the headers by which Next's pages talk to Next out of a request: an API has no use for them. */
export function dropNextHeaders({ headers }: IncomingMessage): void {
  for (const name of Object.keys(headers)) {
    if (ofNext.test(name)) {
      delete headers[name];
    }
  }
}
