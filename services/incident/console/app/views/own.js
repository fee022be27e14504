/** A department's page: what it is asked in, what it has to do until when, which warnings it has to confirm. */
import { useEffect, useRef } from "preact/hooks";
import { call, session } from "../lib/api.js";
import { opinionOf } from "../lib/consult.js";
import { html } from "../lib/html.js";
import { onKey } from "../lib/keys.js";
import { rows } from "../lib/live.js";
import { named } from "../lib/names.js";
import { useOwn } from "../lib/own.js";
import { go } from "../lib/route.js";
import { now, short, span } from "../lib/time.js";
import { t } from "../lib/words.js";
import { Act } from "./act.js";
import { Level } from "./level.js";
import { Stale, Waiting } from "./waiting.js";

/** @typedef {import("../lib/own.js").Consultation} Consultation */
/** @typedef {import("../lib/own.js").OwnTask} OwnTask */

const titleOf = (/** @type {string} */ incident) => rows.value.get(incident)?.title ?? "";

/** @param {{one: Consultation, number: number}} of */
function Asked({ one, number }) {
  const own = session.value?.department ?? "";
  const opinion = opinionOf(one, own);
  const left = Date.parse(one.opinions_due_at) - now.value;
  return html`<li class=${opinion ? opinion.position : "silent"}><button type="button" class="line" onClick=${() => go("consultation", one.incident_id)}>
    ${number < 9 && html`<kbd>${number + 1}</kbd>`}<span class="state">${opinion ? t(`console.position_${opinion.position}`) : t("console.no_opinion")}</span>
    <span class="what"><b>${one.matter}</b><span>${titleOf(one.incident_id)} · ${t("console.chaired_by", { chair: one.chair })}</span></span>
    ${!opinion && html`<time class=${left < 0 ? "late" : ""}>${t("console.opinions_due", { left: span(left) })}</time>`}</button></li>`;
}

/** @param {{task: OwnTask}} of */
function Task({ task }) {
  const left = Date.parse(task.due_at) - now.value;
  return html`<li><button type="button" class=${`line ${left < 0 ? "is-late" : ""}`} onClick=${() => go("consultation", task.consultation.incident_id)}>
    <span class="what"><b>${task.action}</b><span>${titleOf(task.consultation.incident_id)} · ${task.consultation.matter}</span></span>
    <time class=${left < 0 ? "late" : ""}>${short(task.due_at)} · ${span(left)}</time></button></li>`;
}

/** @param {{one: import("../lib/live.js").Warning, again: () => void}} of */
function Warned({ one, again }) {
  const confirm = () => call("POST", `/notify/warnings/${one.warning_id}/acknowledgements`, { version: one.version }).then(again);
  return html`<li class="warned"><${Level} level=${one.content.level} /><span class="what"><b>${one.content.headline}</b><span>${one.content.area} · ${t("console.until", { at: short(one.content.expires_at) })}</span></span>
    ${one.confirmed ? html`<span class="good">✔ ${t("console.confirmed")}</span>` : html`<${Act} main label=${t("console.confirm_warning")} run=${confirm} />`}
    <button type="button" onClick=${() => go("warning", one.warning_id)}>${t("console.show_warning")}</button></li>`;
}

export function Own() {
  const { value, problem, again } = useOwn();
  const shown = useRef(value);
  shown.current = value;
  useEffect(() => {
    const ends = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((number) =>
      onKey(String(number), () => {
        const one = shown.current?.open[number - 1];
        if (one) go("consultation", one.incident_id);
      }),
    );
    return () => ends.forEach((end) => end());
  }, []);
  if (!value) return html`<${Waiting} problem=${problem} again=${again} />`;
  const late = value.tasks.filter((task) => Date.parse(task.due_at) < now.value).length;
  const waiting = value.warnings.filter((one) => !one.confirmed).length;
  return html`<div class="scroll" tabindex="0" aria-label=${t("console.view_own")}><div class="own-page">
    <h2>${named("departments", session.value?.department ?? "")}</h2><${Stale} problem=${problem} />
    <section aria-label=${t("console.own_consultations")}><h3>${t("console.own_consultations")} <span class="dim">${value.open.length}</span></h3>
      ${value.open.length ? html`<ul class="consultation">${value.open.map((one, number) => html`<${Asked} key=${one.consultation_id} one=${one} number=${number} />`)}</ul>` : html`<p class="dim">${t("console.no_own_consultations")}</p>`}</section>
    <section aria-label=${t("console.own_tasks")}><h3>${t("console.own_tasks")} <span class=${late ? "late" : "dim"}>${late ? t("console.late", { count: late }) : value.tasks.length}</span></h3>
      ${value.tasks.length ? html`<ul>${value.tasks.map((task) => html`<${Task} key=${task.task_id} task=${task} />`)}</ul>` : html`<p class="dim">${t("console.no_own_tasks")}</p>`}</section>
    <section aria-label=${t("console.own_warnings")}><h3>${t("console.own_warnings")} <span class=${waiting ? "late" : "dim"}>${t("console.to_confirm", { count: waiting })}</span></h3>
      ${value.warnings.length ? html`<ul>${value.warnings.map((one) => html`<${Warned} key=${one.warning_id} one=${one} again=${again} />`)}</ul>` : html`<p class="dim">${t("console.no_own_warnings")}</p>`}</section>
  </div></div>`;
}
