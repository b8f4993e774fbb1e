import { render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import {
  AppRouterContext,
  type AppRouterInstance,
} from "next/dist/shared/lib/app-router-context.shared-runtime";
import { PathnameContext } from "next/dist/shared/lib/hooks-client-context.shared-runtime";
import type { ReactNode } from "react";
import { LocaleProvider } from "@/app/_reader/moment";
import { ToastProvider } from "@/app/_ui/toasts";

const localeSettings = {
  locale: "en-GB",
  timeZone: "UTC",
  isTimeZoneGuessed: false,
  timeFormat: null,
};
const stay = () => undefined;
const router: AppRouterInstance = {
  bfcacheId: "",
  back: stay,
  forward: stay,
  refresh: stay,
  push: stay,
  replace: stay,
  prefetch: stay,
};

/** Shows a part of the settings as its page would, and gives somebody to operate it. */
export function openSettings(part: ReactNode) {
  const user = userEvent.setup();
  render(
    <AppRouterContext value={router}>
      <PathnameContext value="/settings">
        <LocaleProvider localeSettings={localeSettings} now={new Date()}>
          <ToastProvider>{part}</ToastProvider>
        </LocaleProvider>
      </PathnameContext>
    </AppRouterContext>,
  );
  return user;
}
