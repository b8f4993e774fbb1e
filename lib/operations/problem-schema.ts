import { z } from "zod";
import { errorTable } from "@/lib/errors";

const codes = Object.keys(errorTable);

/** The members of every problem document (RFC 9457). */
export const problemMembers = {
  type: z.string().meta({
    format: "uri-reference",
    description: "Where the error is explained.",
    example: "/docs/errors#not_found",
  }),
  title: z.string().meta({ description: "The error in a few words.", example: "Not found" }),
  status: z.int().meta({ description: "The HTTP status.", example: 404 }),
  detail: z.string().meta({
    description: "What happened and what to do, for a person.",
    example: "There is no such task.",
  }),
  code: z.enum(codes).meta({
    description: "The error for a program: stable, and one of a fixed list.",
    example: "not_found",
  }),
  requestId: z.string().meta({
    description: "The `X-Request-Id` of this request.",
    example: "0f6c1c5e-8d0b-4b6f-9a43-5d8b0a7a2f10",
  }),
  errors: z
    .array(
      z.strictObject({
        pointer: z.string().meta({
          description:
            "A JSON pointer into the body (`/title`), a query parameter (`?limit`) or a header.",
          example: "/title",
        }),
        detail: z.string().meta({ description: "What is wrong.", example: "is required" }),
      }),
    )
    .meta({ description: "With `invalid_input`: every wrong member, one entry each." })
    .exactOptional(),
};
