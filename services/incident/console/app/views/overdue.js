/** 超时: every statutory report that is owed, with the time left, who owes it to whom, and by which article. */
import { read, session } from "../lib/api.js";
import { useDuties } from "../lib/duties.js";
import { html } from "../lib/html.js";
import { duties, touched } from "../lib/live.js";
import { useLooked } from "../lib/look.js";
import { go } from "../lib/route.js";
import { now, short, span } from "../lib/time.js";
import { t } from "../lib/words.js";
import { Arrived } from "./deeds.js";
import { Waiting } from "./waiting.js";

const OWED = ["overdue", "unconfirmed", "running", "sent"];

/** @param {any} due_report */
function Row({ due_report }) {
  const left = Date.parse(due_report.due_at) - now.value;
  const share = left / (Date.parse(due_report.due_at) - Date.parse(due_report.started_at));
  const urgent = ["overdue", "unconfirmed"].includes(due_report.status) ? "is-late" : share < 0.2 ? "is-near" : "";
  return html`<tr class=${urgent}>
    <td class="short">${session.value?.mode === "exercise" && html`<span class="mark-drill">${t("console.drill_row")}</span> `}${t(`due_report_status.${due_report.status}`)}</td>
    <td class="short"><time>${short(due_report.due_at)}</time></td>
    <td class="left">${span(left)}</td>
    <td><b>${due_report.name}</b><br /><span class="dim">${due_report.article}</span></td>
    <td>${due_report.owner}</td>
    <td>${due_report.recipients.map((/** @type {any} */ one) => one.name).join("、")}</td>
    <td><button type="button" onClick=${() => go("situation", due_report.incident_id)}>${due_report.incident_id.slice(-6)}</button></td>
  </tr>`;
}

export function Overdue() {
  const { value: due_reports, problem, again } = useDuties(OWED);
  const { value: arrived, again: anew } = useLooked("", () => read("/submissions?waiting=true&limit=200"), [touched.value.total, duties.value]);
  if (!due_reports) return html`<${Waiting} problem=${problem} again=${again} />`;
  const below = html`<${Arrived} list=${arrived ?? []} again=${anew} />`;
  if (!due_reports.length) return html`${below}<p class="empty">${t("console.empty_overdue")}</p>`;
  const columns = ["status", "due", "left", "duty", "owner", "recipient", "incident"];
  return html`<div class="pad scroll" tabindex="0" aria-label=${t("console.view_overdue")}>${below}<table class="owed">
    <thead><tr>${columns.map((name) => html`<th key=${name} scope="col">${t(`console.column_${name}`)}</th>`)}</tr></thead>
    <tbody>${due_reports.map((due_report) => html`<${Row} key=${due_report.duty_id} due_report=${due_report} />`)}</tbody>
  </table></div>`;
}
