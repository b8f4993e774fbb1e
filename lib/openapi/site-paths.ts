import type { ZodOpenApiOperationObject } from "zod-openapi";
import type { siteMethods } from "@/lib/operations/site-methods";

type SiteMethods = typeof siteMethods;

/** What the document says of paths beside the operations, each under the method that is declared for it. */
export type SitePaths = {
  [Path in keyof SiteMethods]?: {
    [Method in Lowercase<SiteMethods[Path]>]: ZodOpenApiOperationObject;
  };
};
