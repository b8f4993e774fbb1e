/**
 * Whether a key belongs to the composition of a word (UI Events, section 3.8), such as the Enter
 * that confirms it and the Escape that drops it, so that it means nothing to the page.
 */
export function isComposing(event: Event): boolean {
  if (!(event instanceof KeyboardEvent)) {
    return false;
  }
  // Safari ends the composition before the key that ended it, and only this code says so.
  return event.isComposing || event.keyCode === 229;
}
