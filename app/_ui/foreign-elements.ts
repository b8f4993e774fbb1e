/** Marks an element of ours inside a form that the server renders, and one whose children are marked. */
export const own = { "data-own": "" };
export const ownHolder = { "data-own": "holder" };

const foreign =
  "form[data-own] > :not([data-own]), form[data-own] [data-own=holder] > :not([data-own])";
// A password manager that puts its element back at once would otherwise keep both busy forever.
const takenAwayMax = 100;

type TakenAway = { element: Element; parent: Element; next: ChildNode | null };

let takenAway: TakenAway[] = [];
let count = 0;
let observer: MutationObserver | null = null;
const running = new WeakSet<Element>();

/**
 * Keeps the elements that password managers put into forms out of them until React runs the form: with
 * anything between its own elements, React would rebuild the form and lose what was typed. It begins
 * before React does, and `giveForeignElementsBack` ends it.
 */
export function holdForeignElements(): void {
  observer = new MutationObserver(takeAway);
  observer.observe(document, { childList: true, subtree: true });
  takeAway();
  window.addEventListener("load", endWithoutForms);
}

/** Puts what was taken out of a form back to its place, now that React runs the form. */
export function giveForeignElementsBack(form: Element): void {
  running.add(form);
  for (const { element, parent, next } of takenAway) {
    if (form.contains(parent)) {
      parent.insertBefore(element, next?.parentNode === parent ? next : null);
    }
  }
  takenAway = takenAway.filter(({ parent }) => !form.contains(parent));
  endWithoutForms();
}

function takeAway(): void {
  for (const element of document.querySelectorAll(foreign)) {
    const form = element.closest("form");
    const parent = element.parentElement;
    if (!form || !parent || running.has(form) || count >= takenAwayMax) {
      continue;
    }
    count += 1;
    if (element.querySelector("[data-own]")) {
      element.replaceWith(...element.childNodes);
    } else {
      takenAway.push({ element, parent, next: element.nextSibling });
      element.remove();
    }
  }
}

function endWithoutForms(): void {
  const forms = [...document.querySelectorAll("form[data-own]")];
  if (document.readyState === "complete" && forms.every((form) => running.has(form))) {
    observer?.disconnect();
  }
}
