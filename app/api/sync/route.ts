import { kinds } from "@/app/api/kinds";
import { otherMethods } from "@/lib/http/other-methods";
import { withJwt } from "@/lib/http/with-jwt";
import { syncOperations } from "@/lib/operations/sync";
import { applyDeviceChanges } from "@/lib/sync/devices";
import { followFeed } from "@/lib/sync/follow-feed";

/** Where a platform ends functions, longer than a request is held. */
export const maxDuration = 30;

export const GET = withJwt(syncOperations.readChanges, ({ caller, query, requestId, patience }) =>
  followFeed(caller, query, kinds, requestId, patience),
);

export const POST = withJwt(syncOperations.sendChanges, ({ caller, body, requestId }) =>
  applyDeviceChanges(caller.userId, body, kinds, requestId),
);

export const { OPTIONS, PUT, PATCH, DELETE } = otherMethods("/api/sync");
