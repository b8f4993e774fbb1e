import { expect, it } from "vitest";
import { openApiDocument } from "@/lib/openapi/openapi-document";

// `npm run contract` writes the file anew.
it("the contract in the specification is the document that the API serves", async () => {
  const contract = JSON.stringify(openApiDocument("http://localhost:3000"), null, 2);
  await expect(`${contract}\n`).toMatchFileSnapshot(
    "../../specs/004-jwt-auth/contracts/api-contract.openapi.json",
  );
});
