import type { Metadata } from "next";
import { SettingsPage } from "@/app/settings/settings-page";
import { SettingsSection } from "@/app/settings/settings-section";
import { getSignInMethods } from "@/lib/account/sign-in-methods";
import { requireSession } from "@/lib/auth/session";
import { listTasksQuery } from "@/lib/operations/tasks/list-tasks-query";
import { listTasks } from "@/lib/tasks/list-tasks";
import { DeleteAccount } from "./delete-account";
import { ExportData } from "./export-data";

export const metadata: Metadata = {
  title: "Data",
  description: "Take all of your data with you, or delete your account.",
};

export default async function DataPage() {
  const { user } = await requireSession("/settings/data");
  const oneOfAll = listTasksQuery.parse({ status: "all", limit: "1" });
  const [{ count }, { hasPassword }] = await Promise.all([
    listTasks({ userId: user.id }, oneOfAll),
    getSignInMethods(user.id),
  ]);
  return (
    <SettingsPage title="Data">
      <SettingsSection
        title="Export"
        description="One JSON file with your profile, all of your tasks, open and completed, and the list of your sessions, keys and sign-in methods. Passwords and keys themselves are not in it."
      >
        <ExportData />
      </SettingsSection>
      <SettingsSection
        title="Delete account"
        description="Deletes your account and everything in it, at once and for good. Export your data first if you want to keep any of it."
      >
        <DeleteAccount email={user.email} taskCount={count} hasPassword={hasPassword} />
      </SettingsSection>
    </SettingsPage>
  );
}
