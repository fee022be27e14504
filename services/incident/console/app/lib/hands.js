/** A page by the keyboard: to its first field, and its main button from wherever one is. */

import { composing } from "./keys.js";

const FIELD = "input:not(:disabled), select:not(:disabled), textarea:not(:disabled):not([readonly])";
const MAIN = "button.main:not(:disabled)";

/** @param {string} selector @returns {HTMLElement | null} */
const inView = (selector) => /** @type {HTMLElement | null} */ (document.querySelector(`.view :is(${selector})`));

/** To the first field of the view. */
export function toFirstField() {
  inView(FIELD)?.focus();
}

// Escape goes out of a field, so that single keys act again; what it closes by itself (a dialog, candidates) it still closes.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || composing(event)) return;
  if (event.target instanceof HTMLElement && event.target.matches(FIELD)) event.target.blur();
});

/** Press the main button of the form or part that one is in; of the view, if that has none. */
export function pressMain() {
  const parts = "form, .form, section, article";
  for (let part = document.activeElement?.closest(parts); part; part = part.parentElement?.closest(parts)) {
    const button = /** @type {HTMLElement | null} */ (part.querySelector(MAIN));
    if (button) {
      button.click();
      return;
    }
  }
  inView(MAIN)?.click();
}
