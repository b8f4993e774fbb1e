import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { forThisSite } from "@/app/docs/for-this-site";
import { cookieSteps, curlSteps } from "@/app/docs/quick-start/steps";

const quickstart = readFileSync("specs/004-jwt-auth/quickstart.md", "utf8");

it.each([...curlSteps, ...cookieSteps])(
  "the quick start of the specs has “$title” as the page has it",
  ({ command }) => {
    expect(quickstart).toContain(
      `\`\`\`sh\n${forThisSite(command, "http://localhost:3000")}\n\`\`\``,
    );
  },
);
