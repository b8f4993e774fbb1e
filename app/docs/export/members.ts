import { type exportedTask, exportFile } from "@/lib/operations/export-schema";

type Member = keyof (typeof exportFile)["shape"];
type TaskMember = keyof (typeof exportedTask)["shape"];

const meanings: Record<Member, string> = {
  format: "Always `evo-todo-export`, by which a program knows the file.",
  version:
    "The version of this form. Any other set of members, or another meaning, has another number.",
  exportedAt: "When the file was made.",
  profile: "Name, address and whether it is confirmed, time zone, week start, time format, theme.",
  signInMethods: "The ways in: password and providers, without the secrets behind them.",
  twoStep:
    "Whether two-step sign-in is on, by an app or not, and how many recovery codes are left.",
  passkeys: "Each passkey’s name, when it was made and last used, and whether it is backed up.",
  apiKeys: "Each key’s name, scopes, last four characters and times, without the key.",
  sessions: "Each session’s device, address and times.",
  tasks: "Every task, those in the trash too.",
};

/** The members of an export file, in their order. */
export const members = Object.keys(exportFile.shape)
  .filter((name): name is Member => name in meanings)
  .map((name) => ({ name, meaning: meanings[name] }));

/** The member that a task has in an export beside those it has in the API. */
export const trashMember: TaskMember = "deletedAt";
