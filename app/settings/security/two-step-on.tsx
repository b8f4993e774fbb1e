import { TriangleAlert } from "lucide-react";
import { Button } from "@/app/_ui/button";
import { SettingRow } from "@/app/settings/setting-row";

const fewRecoveryCodesMax = 3;

export interface TwoStepOnProps {
  authenticatorApp: boolean;
  hasPasskey: boolean;
  recoveryCodesLeft: number;
  onAddAuthenticator: () => void;
  onRenew: () => void;
  onTurnOff: () => void;
}

/** Two-step sign-in that is on: what it asks for, and how many recovery codes are left. */
export function TwoStepOn(props: TwoStepOnProps) {
  const { recoveryCodesLeft } = props;
  return (
    <>
      <SettingRow
        label="On"
        description={`After your password, sign-in asks for ${proofsInWords(props)}.`}
      >
        <div className="flex flex-wrap gap-2">
          {props.authenticatorApp ? null : (
            <Button onClick={props.onAddAuthenticator}>Add an authenticator app</Button>
          )}
          <Button onClick={props.onTurnOff}>Turn off</Button>
        </div>
      </SettingRow>
      <SettingRow
        label="Recovery codes"
        description={
          recoveryCodesLeft > fewRecoveryCodesMax ? (
            `${recoveryCodesLeft} left. Each works once.`
          ) : (
            <span className="flex items-start gap-1.5 text-warning">
              <TriangleAlert
                aria-hidden="true"
                className="mt-1 size-4 shrink-0"
                strokeWidth={1.75}
              />
              {recoveryCodesLeft === 0 ? "None" : `Only ${recoveryCodesLeft}`} left: make new ones,
              or a lost phone locks you out.
            </span>
          )
        }
      >
        <Button onClick={props.onRenew}>Make new codes</Button>
      </SettingRow>
    </>
  );
}

function proofsInWords({ authenticatorApp, hasPasskey }: TwoStepOnProps): string {
  const proofs = [
    ...(authenticatorApp ? ["a code from your authenticator app"] : []),
    ...(hasPasskey ? ["a passkey"] : []),
    "a recovery code",
  ];
  return new Intl.ListFormat("en-GB", { type: "disjunction" }).format(proofs);
}
