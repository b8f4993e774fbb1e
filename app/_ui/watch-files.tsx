import { isFileGone, reloadOnce } from "./missing-file";

/**
 * Reloads a page once when its HTML is of an older version and asks for files that are gone, and says so
 * where that does not help. It comes before the files, and works without any of them.
 */
export function WatchFiles({ nonce }: { nonce: string }) {
  return (
    <script nonce={nonce} suppressHydrationWarning>
      {`(${watchFiles})(${isFileGone},${reloadOnce})`}
    </script>
  );
}

/** Runs in the browser as it stands here, so it may use nothing from outside itself. */
function watchFiles(isGone: typeof isFileGone, once: typeof reloadOnce) {
  function say() {
    if (document.getElementById("files-missing")) {
      return;
    }
    const notice = document.createElement("div");
    notice.id = "files-missing";
    notice.setAttribute("role", "alert");
    notice.className =
      "fixed inset-x-4 bottom-4 z-50 mx-auto flex w-fit flex-wrap items-center gap-x-4 gap-y-1 rounded-md bg-surface px-4 py-2 text-ink shadow-raised";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "min-h-9 font-medium text-accent underline underline-offset-4";
    button.textContent = "Reload the page";
    // React keeps every press from a page that it does not run yet; the window hears it before React.
    const press = ({ target }: Event) => target === button && window.location.reload();
    window.addEventListener("click", press, true);
    notice.append("Part of this page is missing, so its buttons may not work. ", button);
    document.body.append(notice);
  }

  async function check(file: string) {
    if ((await isGone(file)) && !once(file)) {
      say();
    }
  }

  function hear({ target }: Event) {
    const isFile = target instanceof HTMLScriptElement || target instanceof HTMLLinkElement;
    // Only what stands in the HTML has a nonce; a part that comes later says for itself that it is missing.
    if (!isFile || target.nonce === "") {
      return;
    }
    const address = target instanceof HTMLScriptElement ? target.src : target.href;
    const { origin, pathname } = new URL(address, location.href);
    if (origin === location.origin && pathname.startsWith("/_next/static/")) {
      void check(pathname);
    }
  }

  addEventListener("error", hear, true);
  addEventListener("load", () => removeEventListener("error", hear, true));
}
