import { type ErrorCode, errorTable } from "@/lib/errors";

/** Every code of the error table, in its order. */
export const errorCodes: ErrorCode[] = Object.keys(errorTable).filter(isErrorCode);

/** Whether a text is a code of the error table. */
export function isErrorCode(text: string): text is ErrorCode {
  return text in errorTable;
}
