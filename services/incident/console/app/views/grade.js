/** How a grade looks: colour, text and shape together. */
import { html } from "../lib/html.js";
import { t } from "../lib/words.js";

/** @param {{grade: string, basis?: string, words?: string}} of */
export function Grade({ grade, basis = "table", words = "" }) {
  const mark = basis === "assumed" ? "？" : basis === "person" ? "✎" : "";
  return html`<span class=${`grade ${grade}`} title=${words}>${t(`console.grade_${grade}`)}${mark}</span>`;
}
