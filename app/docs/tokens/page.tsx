import { CodeBlock } from "@/app/_ui/code-block";
import { CodeFile } from "@/app/docs/code-file";
import { duration } from "@/app/docs/duration";
import { forThisSite } from "@/app/docs/for-this-site";
import { Guide } from "@/app/docs/guide";
import { guideMetadata } from "@/app/docs/guide-metadata";
import { GuideSection } from "@/app/docs/guide-section";
import { MeaningList } from "@/app/docs/meaning-list";
import { Paragraph } from "@/app/docs/paragraph";
import { Points } from "@/app/docs/points";
import renewing from "@/app/docs/samples/renewing-client.mjs?raw";
import verifying from "@/app/docs/samples/verify-token.mjs?raw";
import { env } from "@/lib/env";
import { claimsFor } from "./claims";

export const metadata = guideMetadata("/docs/tokens");

export default function TokensPage() {
  const life = duration(env.tokenLifeSeconds);
  return (
    <Guide path="/docs/tokens">
      <GuideSection id="ways" title="Three ways to a token">
        <Paragraph>
          The task API takes a bearer token and nothing else: `Authorization: Bearer …`. Cookies,
          query parameters and bodies do not count.
        </Paragraph>
        <Points
          items={[
            "**A program with an API key**: make the key in [Settings → API keys](/settings/api-keys) and exchange it at `POST /api/token`, in the header `x-api-key`. The [quick start](/docs/quick-start) does that.",
            "**A command-line tool on somebody’s machine**: ask the person in a browser, with the [device sign-in](/docs/device-sign-in). An API key under the tool’s name comes of it.",
            "**A browser, or a script with a cookie jar**: sign in and call `GET /api/auth/token`. The token has every scope of its person.",
          ]}
        />
        <Paragraph>
          A key and a token reach tasks only. Neither can sign in, see sessions, change the account
          or make further keys.
        </Paragraph>
      </GuideSection>
      <GuideSection id="scopes" title="Scopes">
        <Points
          items={[
            "`tasks:read`: list and read tasks.",
            "`tasks:write`: make, change, complete, delete and restore them.",
          ]}
        />
        <Paragraph>
          Give a key what it needs and no more. A request beyond its scopes is answered with 403
          `insufficient_scope`, and `WWW-Authenticate` names the scope that is missing.
        </Paragraph>
      </GuideSection>
      <GuideSection id="claims" title="What a token says">
        <Paragraph>
          A token is a JWT, signed with EdDSA (Ed25519). Its payload has these claims and no others:
        </Paragraph>
        <MeaningList entries={claimsFor(env.baseUrl)} />
      </GuideSection>
      <GuideSection id="life" title="Life, renewal and end">
        <Paragraph>{`On this site a token lives for ${life}; \`expiresIn\` and the claim \`exp\` say so. There is nothing to refresh: exchange the key again, or ask \`/api/auth/token\` again.`}</Paragraph>
        <Paragraph>
          A token past its end gets 401 `token_expired`: fetch another and repeat the request. Any
          other 401 says that the token will never work again, mostly because its key was revoked or
          its session has ended: do not repeat those.
        </Paragraph>
        <CodeFile name="renewing-client.mjs" code={forThisSite(renewing)} />
        <CodeBlock label="Use of renewing-client.mjs" code={forThisSite(use)} />
        <Paragraph>
          A revoked key and a session that ends take their tokens along: at once in the process that
          heard of it, within a second in every other. Changing the password ends all sessions but
          the one that changes it, deleting the account ends everything.
        </Paragraph>
      </GuideSection>
      <GuideSection id="verify" title="Check a token yourself">
        <Paragraph>
          A service of your own that is handed a token of this site can check it with the published
          keys at `/api/auth/jwks`. Keys change from time to time: let a library fetch them, and
          look at `iss`, `aud` and `exp` as well as at the signature.
        </Paragraph>
        <CodeFile name="verify-token.mjs" code={forThisSite(verifying)} />
        <Paragraph>
          The check holds for what was signed. Whether the key or session behind the token is still
          alive, only this site knows.
        </Paragraph>
      </GuideSection>
    </Guide>
  );
}

const use = `import { connect } from "./renewing-client.mjs";

const request = connect("{{origin}}", process.env.EVO_TODO_KEY);
const answer = await request("/api/tasks?status=open");
console.log(await answer.json());`;
