import { kinds } from "@/app/api/kinds";
import { otherMethods } from "@/lib/http/other-methods";
import { withJwt } from "@/lib/http/with-jwt";
import { syncOperations } from "@/lib/operations/sync";
import { applyBatch } from "@/lib/sync/apply-batch";

export const POST = withJwt(
  syncOperations.applyBatch,
  ({ caller, body, requestId, idempotencyKey }) =>
    applyBatch(caller.userId, body, kinds, requestId, idempotencyKey),
);

export const { OPTIONS, GET, HEAD, PUT, PATCH, DELETE } = otherMethods("/api/batch");
