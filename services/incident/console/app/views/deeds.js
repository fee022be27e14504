/** The deeds of an incident at this seat, each asking in place for what it needs; and the statutory reports with proof and receipt. */
import { useRef } from "preact/hooks";
import { call, read, session } from "../lib/api.js";
import { asked, deedsOf, doIt, mayLeadIncident } from "../lib/deeds.js";
import { html } from "../lib/html.js";
import { useLooked } from "../lib/look.js";
import { now, span } from "../lib/time.js";
import { t } from "../lib/words.js";
import { Act } from "./act.js";

/** @typedef {import("../lib/deeds.js").Details} Details */
/** @typedef {import("./callers.js").Report} Report */
/** @typedef {import("../lib/deeds.js").Deed} Deed */

/** One deed, on the incident as it stood when its form was opened or it was last refused. @param {{incident: Details, deed: Deed, again: () => void}} of */
function One({ incident, deed, again }) {
  const seen = useRef({ incident, since: "" });
  const shown = useRef(incident);
  shown.current = incident;
  const look = () => (seen.current = { incident: shown.current, since: new Date(now.value).toISOString() });
  const run = (/** @type {Record<string, any>} */ values) =>
    doIt(seen.current.incident, deed, values, seen.current.since).then(again, async (problem) => {
      shown.current = await read(`/incidents/${encodeURIComponent(incident.incident_id)}`).catch(() => shown.current);
      look();
      throw problem;
    });
  const opened = () => {
    look();
    asked.value = { ...asked.value, incident: "" }; // asked once, opened once
  };
  const start = asked.value.incident === incident.incident_id && asked.value.deed === deed.name ? asked.value.count : 0;
  return html`<${Act} label=${t(`console.deed_${deed.name}`)} fields=${deed.fields} run=${run} opened=${opened} start=${start} />`;
}

/** @param {{incident: Details, reports: Report[], again: () => void}} of */
export function Deeds({ incident, reports, again }) {
  const wanted = mayLeadIncident() && !incident.responses.some((one) => !one.ended_at);
  const { value: proposals } = useLooked(`${incident.incident_id} ${incident.grade}`, () => (wanted ? read(`/incidents/${encodeURIComponent(incident.incident_id)}/proposals`) : Promise.resolve(null)));
  const deeds = deedsOf(incident, proposals?.response ?? null, mayLeadIncident() && reports.length > 1 ? reports : []);
  if (!deeds.length) return null;
  return html`<section class="deeds" aria-label=${t("console.deeds")}>${deeds.map((deed) => html`<${One} key=${deed.name} incident=${incident} deed=${deed} again=${again} />`)}</section>`;
}

/** 时限: the statutory reports of an incident here, each with what was sent and who confirmed it. @param {{incident: Details, again: () => void}} of */
export function Duties({ incident, again }) {
  if (!incident.due_reports.length) return null;
  const path = `/incidents/${encodeURIComponent(incident.incident_id)}`;
  const proof = { name: "proof", label: t("console.proof") };
  const received = [{ name: "received_by", label: t("console.received_by") }, { name: "receipt", label: t("console.receipt") }];
  const run = (/** @type {string} */ what, /** @type {string} */ duty) => (/** @type {any} */ values) => call("POST", `${path}/${what}`, { duty, ...values }).then(again);
  return html`<section aria-label=${t("console.duties")}><h3>${t("console.duties")}</h3><ul class="duties">
    ${incident.due_reports.map(
      (due) => html`<li key=${due.duty_id} class=${due.status}>
        <b>${due.name}</b> <span>${due.owner}</span>
        <span class="state">${t(`due_report_status.${due.status}`)}</span>
        ${["running", "overdue"].includes(due.status) && html`<time>${span(Date.parse(due.due_at) - now.value)}</time>`}
        ${mayLeadIncident() && due.owed_by !== "unit" && html`<span class="acts">
          ${["running", "overdue"].includes(due.status) && html`<${Act} key="sent" label=${t("console.report_sent")} fields=${[proof]} run=${run("submissions", due.duty_id)} />`}
          ${["sent", "unconfirmed"].includes(due.status) && html`<${Act} key="received" label=${t("console.report_received")} fields=${received} run=${run("receipts", due.duty_id)} />`}</span>`}
      </li>`,
    )}
  </ul></section>`;
}

/** Reports of the level below that arrived here and wait for somebody to confirm them. @param {{again: () => void, list: any[]}} of */
export function Arrived({ list, again }) {
  if (!list.length) return null;
  const fields = [{ name: "received_by", label: t("console.received_by"), initial: session.value?.name ?? "" }, { name: "receipt", label: t("console.receipt") }];
  return html`<section class="pad" aria-label=${t("console.arrived_reports")}><h2>${t("console.arrived_reports")}</h2><ul>
    ${list.map(
      (one) => html`<li key=${one.duty_id} class="arrived-report"><b>${one.duty}</b> <span>${one.jurisdiction} · ${one.proof}</span>
        ${mayLeadIncident() && html`<${Act} main label=${t("console.confirm_report")} fields=${fields} run=${(/** @type {any} */ values) => call("POST", `/submissions/${encodeURIComponent(one.duty_id)}/receipt`, values).then(again)} />`}</li>`,
    )}</ul></section>`;
}
