import type { Metadata } from "next";
import { cookies, headers } from "next/headers";
import { AccountTheme } from "@/app/_account/account-theme";
import { VerificationBanner } from "@/app/_account/verification-banner";
import { dateLocale, timeZoneCookie, todayIn } from "@/app/_reader/reader-clock";
import { readView, viewFilters } from "@/app/tasks/_view/task-view";
import { getProfile } from "@/lib/account/profile";
import { requireSession } from "@/lib/auth/session";
import { listTasksQuery } from "@/lib/operations/tasks/list-tasks-query";
import { cursorNow } from "@/lib/sync/feed";
import { listTasks } from "@/lib/tasks/list-tasks";
import { TasksApp } from "./tasks-app";

export const metadata: Metadata = { title: "Tasks", robots: { index: false } };

type Search = Record<string, string | string[] | undefined>;

function toSearchParams(search: Search): URLSearchParams {
  const single = Object.entries(search).flatMap(([name, value]): [string, string][] =>
    typeof value === "string" ? [[name, value]] : [],
  );
  return new URLSearchParams(single);
}

async function hasAnyTask(userId: string): Promise<boolean> {
  const { count } = await listTasks({ userId }, listTasksQuery.parse({ limit: "1" }));
  return count > 0;
}

/** The tasks of the person who is signed in, in the first HTML. */
export default async function TasksPage({ searchParams }: { searchParams: Promise<Search> }) {
  const { user } = await requireSession("/tasks");
  const view = readView(toSearchParams(await searchParams));
  // Before the list is read, so that no change falls between.
  const cursor = await cursorNow(user.id);
  const [firstPage, { theme, timeZone, singleKeys }] = await Promise.all([
    listTasks({ userId: user.id }, listTasksQuery.parse(viewFilters(view))),
    getProfile(user.id),
  ]);
  const hasTasks = firstPage.count > 0 || (await hasAnyTask(user.id));
  const browserTimeZone = (await cookies()).get(timeZoneCookie)?.value;
  const sent = await headers();
  return (
    <>
      <AccountTheme theme={theme} nonce={sent.get("x-nonce") ?? ""} />
      <VerificationBanner user={user} />
      <TasksApp
        key={user.id}
        user={{ id: user.id, email: user.email }}
        timeZone={timeZone}
        firstView={view}
        firstPage={firstPage}
        cursor={cursor}
        hasTasks={hasTasks}
        todayGuess={todayIn(timeZone ?? browserTimeZone)}
        locale={dateLocale(sent.get("accept-language"))}
        hasSingleKeys={singleKeys}
      />
    </>
  );
}
