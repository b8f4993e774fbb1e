import { SignOutButton } from "@/app/_account/sign-out-button";
import { PageLink } from "@/app/_ui/page-link";
import { AnotherLink } from "./another-link";

export interface UnconfirmedProps {
  /** The address of the person who is signed in, if anybody is. */
  ownEmail: string | null;
  sendsMail: boolean;
  /** Whether the tasks stay shut until then. */
  isWall: boolean;
}

/** The way to a link that confirms the address. Where the site asks for that, it stands before the tasks. */
export function Unconfirmed({ ownEmail, sendsMail, isWall }: UnconfirmedProps) {
  return (
    <>
      <h1 className="text-title font-semibold">Confirm your address</h1>
      {sendsMail ? (
        <>
          <p className="mt-3 mb-6">
            Open the link that we sent to{" "}
            {ownEmail ? <strong className="font-semibold">{ownEmail}</strong> : "your address"}.
            Nothing there? Look in the spam folder, or have a new link sent.
          </p>
          <AnotherLink ownEmail={ownEmail} />
        </>
      ) : (
        <p className="mt-3">
          This site sends no mail, so no address can be confirmed. Ask the person who runs it.
        </p>
      )}
      <div className="mt-6 text-muted">
        <WayOut isSignedIn={ownEmail !== null} isWall={isWall} />
      </div>
    </>
  );
}

function WayOut({ isSignedIn, isWall }: { isSignedIn: boolean; isWall: boolean }) {
  if (!isSignedIn) {
    return <PageLink href="/sign-in">Back to sign in</PageLink>;
  }
  return isWall ? <SignOutButton /> : <PageLink href="/tasks">Back to your tasks</PageLink>;
}
