/** 来电: who reported an incident, and how to call back; looking at a caller is on record. */
import { useState } from "preact/hooks";
import { read, session } from "../lib/api.js";
import { said } from "../lib/forces.js";
import { html } from "../lib/html.js";
import { short } from "../lib/time.js";
import { t } from "../lib/words.js";

/** @typedef {import("../../types/incident.js").components["schemas"]["ReportSummary"]} Report */
/** @typedef {import("../../types/incident.js").components["schemas"]["CallerView"]} Caller */

const FEW = 3;
const READERS = ["call_taker", "duty_officer", "commander"];
const mayRead = () => session.value?.roles.some((role) => READERS.includes(role)) ?? false;

/** @param {{caller: Caller}} of */
function Person({ caller }) {
  const { name, phone, place, original } = caller;
  if (caller.personal_removed_at) return html`<p class="dim">${t("console.caller_removed")}</p>`;
  const texts = Object.values(original);
  if (!name && !phone && !place && !texts.length) return html`<p class="dim">${t("console.caller_unknown")}</p>`;
  const spot = typeof place?.lon === "number" ? `${place.lon.toFixed(5)}, ${Number(place.lat).toFixed(5)}` : "";
  return html`<p class="person">${name} ${phone && html`<a href=${`tel:${phone}`}>${phone}</a>`}
    ${place && html` <span>${t("console.field_caller_place")} ${place.words ?? ""} <span class="dim">${spot}</span></span>`}
    ${texts.length > 0 && html` <span class="dim">${texts.join("；")}</span>`}</p>`;
}

/** @param {{report: Report}} of */
function Line({ report }) {
  const [caller, setCaller] = useState(/** @type {Caller | null} */ (null));
  const [problem, setProblem] = useState("");
  const look = () => read(`/reports/${encodeURIComponent(report.report_id)}/caller`).then((found) => (setCaller(found), setProblem("")), (error) => setProblem(said(error)));
  return html`<li><span>${t(`console.channel_${report.channel}`)}</span> <time>${short(report.reported_at)}</time> <span>${report.title}</span>
    ${mayRead() && !caller && html` <button type="button" onClick=${look}>${t("console.show_caller")}</button>`}
    ${caller && html`<${Person} caller=${caller} />`}${problem && html`<p class="refused" role="alert">${problem}</p>`}</li>`;
}

/** The newest first; where many called the others on request. @param {{reports: Report[]}} of */
export function Callers({ reports }) {
  const [all, setAll] = useState(false);
  if (!reports.length) return null;
  const shown = all ? reports : reports.slice(0, FEW);
  return html`<section class="callers" aria-label=${t("console.calls")}><h3>${t("console.calls")}</h3><ul>${shown.map((report) => html`<${Line} key=${report.report_id} report=${report} />`)}</ul>
    ${shown.length < reports.length && html`<button type="button" onClick=${() => setAll(true)}>${t("console.more_calls", { count: reports.length - shown.length })}</button>`}</section>`;
}
