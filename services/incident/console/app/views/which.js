/** Which incident: of those that are open, where a view is of one and none is named yet. */
import { html } from "../lib/html.js";
import { rows } from "../lib/live.js";
import { go } from "../lib/route.js";
import { t } from "../lib/words.js";
import { Grade } from "./grade.js";

/** @param {{view: string}} of */
export function Which({ view }) {
  const open = [...rows.value.values()];
  if (!open.length) return html`<p class="empty">${t("console.empty_situation")}</p>`;
  return html`<div class="pad"><h2>${t("console.which_incident")}</h2><ul>${open.map(
    (row) => html`<li key=${row.incident_id}><button type="button" class="line" onClick=${() => go(view, row.incident_id)}>
      <span class="number">${row.number}</span><${Grade} grade=${row.grade} basis=${row.grade_basis} words=${row.grade_zh} /><span class="what"><b>${row.title}</b><span>${row.location.address}</span></span></button></li>`,
  )}</ul></div>`;
}
