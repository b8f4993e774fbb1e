import { type RefObject, useEffect } from "react";

export function draftKey(userId: string): string {
  return `evo-todo:draft:${userId}`;
}

/** Keeps what is typed into a field through a reload or an accidental close of the page. */
export function useComposerDraft(userId: string, field: RefObject<HTMLInputElement | null>) {
  useEffect(() => {
    const input = field.current;
    if (!input) {
      return;
    }
    const key = draftKey(userId);
    const kept = sessionStorage.getItem(key);
    if (kept && input.value === "") {
      input.value = kept;
    }
    const keep = () => sessionStorage.setItem(key, input.value);
    input.addEventListener("input", keep);
    return () => input.removeEventListener("input", keep);
  }, [userId, field]);
}
