/**
 * Gives the focus to an element, and again whenever what had it meanwhile is taken off the page: a
 * dialog that closes late may hand it to a button that goes. Until the person presses something.
 *
 * @returns what ends it
 */
export function keepFocus(element: HTMLElement): () => void {
  const observer = new MutationObserver(() => {
    if (document.activeElement === document.body) {
      element.focus();
    }
  });
  function end() {
    observer.disconnect();
    window.removeEventListener("keydown", end, true);
    window.removeEventListener("pointerdown", end, true);
  }
  element.focus();
  observer.observe(document.body, { childList: true, subtree: true });
  window.addEventListener("keydown", end, true);
  window.addEventListener("pointerdown", end, true);
  return end;
}
