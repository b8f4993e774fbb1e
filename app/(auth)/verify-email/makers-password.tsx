import { checkPassword } from "@/app/_account/credentials";
import { Offered } from "@/app/_account/offered";
import { PasswordField } from "@/app/_account/password-field";
import { own, ownHolder } from "@/app/_ui/foreign-elements";
import { PageLink } from "@/app/_ui/page-link";
import type { MailLinkFormProps } from "@/app/(auth)/mail-link-form";

/** What shows who made an account where nobody is signed in to it. */
export const makersPassword: NonNullable<MailLinkFormProps["needs"]> = {
  fields: ["password"],
  check: ({ password }) => ({ password: checkPassword(password) }),
  inputs: (problem) => (
    <div {...ownHolder}>
      <PasswordField
        label="Password"
        name="password"
        autoComplete="current-password"
        required
        error={problem.password}
      />
      <Offered needs="mail">
        <p {...own} className="mt-3 text-muted">
          You do not know it? <PageLink href="/forgot-password">Choose a new password</PageLink>
        </p>
      </Offered>
    </div>
  ),
};

/** Nothing beside the session, of which the server may find that it is over. */
export const nothingMore: typeof makersPassword = {
  fields: makersPassword.fields,
  check: () => ({}),
  inputs: () => null,
};
