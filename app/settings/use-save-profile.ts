import { useRouter } from "next/navigation";
import { useState } from "react";
import { failureWords, memberFailure } from "@/app/_account/failure-words";
import { updateProfile } from "@/lib/client/account-client";
import { nameLengthMax } from "@/lib/person-name";
import type { SaveStateProps } from "./save-state";

/** The profile as its form holds it; "" leaves it to the browser. */
export type ProfileValues = {
  name: string;
  timeZone: string;
  weekStart: string;
  timeFormat: string;
};

function checkName(name: string): string | undefined {
  const { length } = Array.from(name);
  if (length === 0) {
    return "Enter a name. Any name will do.";
  }
  if (length <= nameLengthMax) {
    return undefined;
  }
  return `Use at most ${nameLengthMax} characters. This one has ${length}.`;
}

/** Saves the profile, and tells how that went. */
export function useSaveProfile(onNameProblem: () => void) {
  const router = useRouter();
  const [nameProblem, setNameProblem] = useState<string>();
  const [state, setState] = useState<SaveStateProps>({ state: "idle" });

  function refuseName(problem: string) {
    setNameProblem(problem);
    setState({ state: "idle" });
    onNameProblem();
  }

  async function save({ name, timeZone, weekStart, timeFormat }: ProfileValues) {
    if (state.state === "saving") {
      return;
    }
    const problem = checkName(name);
    if (problem) {
      return refuseName(problem);
    }

    setNameProblem(undefined);
    setState({ state: "saving" });
    try {
      await updateProfile({
        name,
        timeZone: timeZone || null,
        weekStart: weekStart || null,
        timeFormat: timeFormat || null,
      });
      setState({ state: "saved" });
      // Pages that the router remembers were made with the former profile.
      router.refresh();
    } catch (error) {
      const refused = memberFailure(error, "/name", "The name");
      if (refused) {
        return refuseName(refused);
      }
      setState({ state: "failed", words: failureWords(error) });
    }
  }

  return { nameProblem, state, save, forgetState: () => setState({ state: "idle" }) };
}
