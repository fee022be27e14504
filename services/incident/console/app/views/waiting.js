/** What stands where something is still being read, or could not be read: never an empty page. */
import { html } from "../lib/html.js";
import { t } from "../lib/words.js";

/** @param {{problem: string, again: () => void}} of */
export function Waiting({ problem, again }) {
  if (!problem) return html`<p class="dim pad">${t("console.loading")}</p>`;
  return html`<div class="refused pad" role="alert"><p>${problem}</p><button type="button" onClick=${again}>${t("console.retry")}</button></div>`;
}

/** Above what was read before, when reading it anew failed. @param {{problem: string}} of */
export const Stale = ({ problem }) => problem && html`<p class="refused" role="alert">${problem}</p>`;
