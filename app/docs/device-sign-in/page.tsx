import { CodeBlock } from "@/app/_ui/code-block";
import { CodeFile } from "@/app/docs/code-file";
import { duration } from "@/app/docs/duration";
import { forThisSite } from "@/app/docs/for-this-site";
import { Guide } from "@/app/docs/guide";
import { guideMetadata } from "@/app/docs/guide-metadata";
import { GuideSection } from "@/app/docs/guide-section";
import { Paragraph } from "@/app/docs/paragraph";
import { Points } from "@/app/docs/points";
import javascript from "@/app/docs/samples/device-sign-in.mjs?raw";
import python from "@/app/docs/samples/device-sign-in.py?raw";
import { deviceLifeSeconds, pollSeconds } from "@/lib/account/limits";

export const metadata = guideMetadata("/docs/device-sign-in");

const request = `curl -sS "{{origin}}/api/auth/device/code" \\
  -d client_id=evo-todo-list -d scope=tasks:read`;

export default function DeviceSignInPage() {
  return (
    <Guide path="/docs/device-sign-in">
      <GuideSection id="flow" title="How it goes">
        <Paragraph>
          This is the device authorization grant of OAuth 2.0 (RFC 8628). The tool never sees a
          password, two-step sign-in works as always, and the key that comes of it is listed in
          [Settings → API keys](/settings/api-keys), to be revoked with one press.
        </Paragraph>
        <ol className="list-decimal space-y-2 ps-5 marker:text-muted">
          <li>The tool asks for a code and shows it with an address.</li>
          <li>
            The person opens the address in a browser, enters the code and sees who asks for what.
          </li>
          <li>Meanwhile the tool polls. Once it is let in, it gets a token and an API key.</li>
        </ol>
      </GuideSection>
      <GuideSection id="requests" title="The two requests">
        <Paragraph>
          `POST /api/auth/device/code` with `client_id`, the name that the person will read, and
          `scope`, what you need: `tasks:read`, `tasks:write` or both. Send a form, as OAuth
          libraries do, or JSON.
        </Paragraph>
        <CodeBlock label="Ask for a code" code={forThisSite(request)} />
        <Paragraph>{`The answer has \`device_code\`, which is the tool’s secret, \`user_code\` and \`verification_uri\` for the person, \`verification_uri_complete\` for a QR code, \`expires_in\` (${duration(deviceLifeSeconds)}) and \`interval\` (${duration(pollSeconds)}).`}</Paragraph>
        <Paragraph>
          `POST /api/auth/device/token` with `grant_type`
          `urn:ietf:params:oauth:grant-type:device_code`, `device_code` and `client_id`, every
          `interval` seconds, until it answers with tokens. Until then it answers 400 with an
          `error`:
        </Paragraph>
        <Points
          items={[
            "`authorization_pending`: nobody has answered yet. Go on.",
            "`slow_down`: you asked too soon. Wait five seconds more between polls from here on.",
            "`access_denied`: the person said no.",
            "`expired_token`: the time is over. Begin again.",
          ]}
        />
        <Paragraph>
          `access_token` is a bearer token like any other. `refresh_token` is an API key under the
          tool’s name: keep it as you would a password, and exchange it at `POST /api/token`
          whenever you need a token, as the [quick start](/docs/quick-start) does.
        </Paragraph>
      </GuideSection>
      <GuideSection id="javascript" title="A whole tool in JavaScript">
        <Paragraph>
          It lists your open tasks. Node and no package; the key is kept in your home folder,
          readable by you alone.
        </Paragraph>
        <CodeFile name="device-sign-in.mjs" code={forThisSite(javascript)} />
        <CodeBlock label="Run device-sign-in.mjs" code="node device-sign-in.mjs" />
      </GuideSection>
      <GuideSection id="python" title="The same in Python">
        <Paragraph>The standard library is all it needs.</Paragraph>
        <CodeFile name="device_sign_in.py" code={forThisSite(python)} />
        <CodeBlock label="Run device_sign_in.py" code="python3 device_sign_in.py" />
      </GuideSection>
    </Guide>
  );
}
