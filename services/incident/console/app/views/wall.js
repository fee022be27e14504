/** 大屏: read-only, for a room: what is going on, where, who is out, what is owed; the longer lists turn their pages. */
import { useEffect, useState } from "preact/hooks";
import { session } from "../lib/api.js";
import { unitsOf, urgency, where } from "../lib/board.js";
import { useDuties } from "../lib/duties.js";
import { html } from "../lib/html.js";
import { onKey } from "../lib/keys.js";
import { link, loaded, rows, silence, teams, warnings } from "../lib/live.js";
import { go } from "../lib/route.js";
import { clock, day, now, short, span } from "../lib/time.js";
import { t } from "../lib/words.js";
import { Grade } from "./grade.js";
import { Level } from "./level.js";
import { Places } from "./map.js";

/** @typedef {import("../lib/live.js").Row} Row */
/** @typedef {import("../lib/live.js").Team} Team */

const TURN_MS = 12_000;
const STATES = ["idle", "issued", "acknowledged", "departed", "arrived", "out"];

/**
 * A part of a list that turns its pages, so that a wall shows all of it without a hand.
 * @template T
 * @param {T[]} list
 * @param {number} size
 */
function usePage(list, size) {
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setTurn((count) => count + 1), TURN_MS);
    return () => clearInterval(timer);
  }, []);
  const pages = Math.max(1, Math.ceil(list.length / size));
  const page = turn % pages;
  return { shown: list.slice(page * size, (page + 1) * size), page: page + 1, pages };
}

/** @param {{page: number, pages: number}} of */
const Page = ({ page, pages }) => pages > 1 && html`<span class="dim">${t("console.page", { page, pages })}</span>`;

function Incidents() {
  const list = [...rows.value.values()].sort(urgency);
  const { shown, page, pages } = usePage(list, 8);
  return html`<section aria-label=${t("console.view_situation")}><h2>${t("console.wall_incidents")} <b>${list.length}</b> <${Page} page=${page} pages=${pages} /></h2>
    ${shown.length ? html`<ul>${shown.map((row) => {
      const units = unitsOf.value.get(row.incident_id) ?? 0;
      return html`<li key=${row.incident_id} class="wall-incident"><span class="number">${row.number}</span><${Grade} grade=${row.grade} basis=${row.grade_basis} words=${row.grade_zh} />
        <span class="what"><b>${row.title}</b><span>${where(row)} · ${row.command.name}</span></span>
        ${(row.reports_late ?? 0) > 0 && html`<span class="late">${t("console.late", { count: row.reports_late ?? 0 })}</span>`}
        ${units > 0 && html`<span>${t("console.units", { count: units })}</span>`}
        <span class="state">${t(`console.status_${row.status}`)}</span><time>${span(now.value - Date.parse(row.reported_at))}</time></li>`;
    })}</ul>` : html`<p class="empty">${t("console.empty_situation")}</p>`}</section>`;
}

function Teams() {
  const all = [...teams.value.values()];
  const count = (/** @type {string} */ status) => all.filter((team) => team.status === status).length;
  const busy = all.filter((team) => !["idle", "out"].includes(team.status));
  const { shown, page, pages } = usePage(busy, 7);
  return html`<section aria-label=${t("console.teams")}><h2>${t("console.teams")} <b>${all.length}</b> <${Page} page=${page} pages=${pages} /></h2>
    <ul class="wall-states">${STATES.map((status) => html`<li key=${status} class=${`team ${status}`}><b>${count(status)}</b><span class="state">${t(`console.team_${status}`)}</span></li>`)}</ul>
    <ul>${shown.map((team) => html`<li key=${team.team_id} class=${`team ${team.status}`}><span class="state">${t(`console.team_${team.status}`)}</span><span class="what"><b>${team.call_sign} ${team.name}</b><span>${rows.value.get(team.incident_id ?? "")?.title ?? ""}</span></span></li>`)}</ul></section>`;
}

function Owed() {
  const { value, problem } = useDuties(["overdue", "unconfirmed"]);
  const { shown, page, pages } = usePage(value ?? [], 4);
  return html`<section aria-label=${t("console.view_overdue")}><h2>${t("console.view_overdue")} <b class=${value?.length ? "late" : ""}>${value?.length ?? "—"}</b> <${Page} page=${page} pages=${pages} /></h2>
    ${problem && html`<p class="refused" role="alert">${problem}</p>`}
    ${value && !value.length && html`<p class="dim">${t("console.empty_overdue")}</p>`}
    <ul>${shown.map((duty) => html`<li key=${duty.duty_id} class="wall-duty"><span class="what"><b>${duty.name}</b><span>${duty.owner} → ${duty.recipients.map((one) => one.name).join("、")}</span></span>
      <span class="late">${t(`due_report_status.${duty.status}`)}</span><time class="late">${span(Date.parse(duty.due_at) - now.value)}</time></li>`)}</ul></section>`;
}

function InForce() {
  const list = [...warnings.value.values()];
  const { shown, page, pages } = usePage(list, 3);
  return html`<section aria-label=${t("console.view_warning")}><h2>${t("console.own_warnings")} <b>${list.length}</b> <${Page} page=${page} pages=${pages} /></h2>
    ${list.length ? html`<ul>${shown.map((one) => html`<li key=${one.warning_id} class="wall-duty"><${Level} level=${one.content.level} /><span class="what"><b>${one.content.headline}</b><span>${t("console.until", { at: short(one.content.expires_at) })} · ${t("console.confirmed_by", { count: one.acknowledged })}</span></span></li>`)}</ul>` : html`<p class="dim">${t("console.no_own_warnings")}</p>`}</section>`;
}

export function Wall() {
  useEffect(() => onKey("Escape", () => go("situation")), []);
  const late = silence.value;
  return html`<main class="wall">
    <header><h1>${session.value?.node_name} ${t("console.title")}</h1>
      ${link.value === "lost" ? html`<span class="lost" role="alert">${t("console.stale", { at: clock(late.since), age: span(late.milliseconds) })}</span>` : html`<span class=${`link ${link.value}`}>${link.value === "live" ? "●" : "◐"} ${t(`console.link_${link.value}`)}</span>`}
      <time>${day(now.value)} <b>${clock(now.value)}</b></time>
      <button type="button" onClick=${() => go("situation")}>${t("console.leave_wall")} <kbd>Esc</kbd></button></header>
    ${loaded.value === "yes" ? html`<div class="wall-grid"><${Incidents} /><${Places} chosen="" /><div><${Teams} /><${Owed} /><${InForce} /></div></div>` : html`<p class="dim pad">${loaded.value === "no" ? t("console.loading") : t("console.failed", { detail: loaded.value })}</p>`}
  </main>`;
}
