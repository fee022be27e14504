/** 会商: who is asked and who has answered, what each says, what is concluded and who does what until when. */
import { useState } from "preact/hooks";
import { call } from "../lib/api.js";
import { mayLead, opinionOf, ownDepartment, useConsultations } from "../lib/consult.js";
import { said } from "../lib/forces.js";
import { html } from "../lib/html.js";
import { named, names } from "../lib/names.js";
import { go, route } from "../lib/route.js";
import { now, short, span } from "../lib/time.js";
import { t } from "../lib/words.js";
import { Grade } from "./grade.js";
import { Stale, Waiting } from "./waiting.js";
import { Which } from "./which.js";

/** @typedef {import("../lib/consult.js").Consultation} Consultation */

const POSITIONS = ["agree", "agree_with_conditions", "dissent"];

/** @param {{consultation: Consultation, department: string}} of */
function Department({ consultation, department }) {
  const opinion = opinionOf(consultation, department);
  return html`<li class=${opinion ? opinion.position : "silent"}>
    <span class="state">${opinion ? t(`console.position_${opinion.position}`) : t("console.no_opinion")}</span>
    <span class="what"><b>${named("departments", department)}</b>${opinion && html`<span>${opinion.opinion}</span>`}</span>
    ${opinion && html`<span class="dim">${opinion.given_by} <time>${short(opinion.given_at)}</time></span>`}
  </li>`;
}

/** @param {{consultation: Consultation, again: () => void}} of */
function Opinion({ consultation, again }) {
  const [position, setPosition] = useState("agree");
  const [opinion, setOpinion] = useState("");
  const [problem, setProblem] = useState("");
  const give = () =>
    call("POST", `/consultations/${consultation.consultation_id}/opinions`, { position, opinion }).then(() => (setProblem(""), setOpinion("")), (error) => setProblem(said(error))).then(again);
  return html`<div class="form">
    <label>${t("console.position")} <select name="position" value=${position} onChange=${(/** @type {any} */ event) => setPosition(event.target.value)}>${POSITIONS.map((one) => html`<option key=${one} value=${one}>${t(`console.position_${one}`)}</option>`)}</select></label>
    <label class="wide">${t("console.opinion")} <textarea name="opinion" rows="2" value=${opinion} onInput=${(/** @type {any} */ event) => setOpinion(event.target.value)} /></label>
    <button type="button" class="main" disabled=${!opinion.trim()} onClick=${give}>${t("console.give_opinion")}</button>
    ${problem && html`<p class="refused" role="alert">${problem}</p>`}
  </div>`;
}

/** @typedef {{department: string, action: string, due_minutes: number}} Task */
/** @typedef {{target: string, capability: string, count: number}} Support */

/** A row that was just added is where one goes on. @param {HTMLElement | null} box */
function come(box) {
  if (!box || box.dataset.came) return;
  box.dataset.came = "yes";
  box.focus();
}

/** @param {{consultation: Consultation, again: () => void}} of */
function Conclude({ consultation, again }) {
  const [conclusion, setConclusion] = useState("");
  const [tasks, setTasks] = useState(/** @type {Task[]} */ ([]));
  const [problem, setProblem] = useState("");
  const [level, setLevel] = useState("");
  const [warning, setWarning] = useState({ level: "", area: "", reason: "" });
  const [support, setSupport] = useState(/** @type {Support[]} */ ([]));
  const change = (/** @type {number} */ at, /** @type {object} */ changes) => setTasks(tasks.map((one, number) => (number === at ? { ...one, ...changes } : one)));
  const alter = (/** @type {number} */ at, /** @type {object} */ changes) => setSupport(support.map((one, number) => (number === at ? { ...one, ...changes } : one)));
  const tasksWhole = tasks.every((one) => one.department && one.action.trim() && one.due_minutes > 0);
  const whole = tasksWhole && support.every((one) => one.target && one.capability && one.count > 0) && (!warning.level || (warning.area.trim() && warning.reason.trim()));
  const body = { conclusion, tasks, response_level: level || null, warning: warning.level ? warning : null, support };
  const conclude = () =>
    call("POST", `/consultations/${consultation.consultation_id}/conclusion`, body).then(() => setProblem(""), (error) => setProblem(said(error))).then(again);
  return html`<div class="form">
    <label class="wide">${t("console.conclusion")} <textarea name="conclusion" rows="3" value=${conclusion} onInput=${(/** @type {any} */ event) => setConclusion(event.target.value)} /></label>
    ${tasks.map(
      (task, at) => html`<div class="task" key=${at}>
        <label>${t("console.department")} <select name="task-department" ref=${come} value=${task.department} onChange=${(/** @type {any} */ event) => change(at, { department: event.target.value })}><option value=""></option>${Object.entries(names.value.departments).map(([slug, name]) => html`<option key=${slug} value=${slug}>${name}</option>`)}</select></label>
        <label class="wide">${t("console.action")} <input name="task-action" maxlength="200" value=${task.action} onInput=${(/** @type {any} */ event) => change(at, { action: event.target.value })} /></label>
        <label>${t("console.due_minutes")} <input name="task-minutes" type="number" min="1" value=${task.due_minutes} onInput=${(/** @type {any} */ event) => change(at, { due_minutes: Number(event.target.value) })} /></label>
        <button type="button" onClick=${() => setTasks(tasks.filter((_, number) => number !== at))}>${t("console.leave_out")}</button></div>`,
    )}
    ${support.map(
      (one, at) => html`<div class="task" key=${`support ${at}`}>
        <label>${t("console.support_target")} <select name="support-target" ref=${come} value=${one.target} onChange=${(/** @type {any} */ event) => alter(at, { target: event.target.value })}><option value=""></option>${names.value.linked.map((code) => html`<option key=${code} value=${code}>${named("places", code)}</option>`)}</select></label>
        <label>${t("console.support_capability")} <select name="support-capability" value=${one.capability} onChange=${(/** @type {any} */ event) => alter(at, { capability: event.target.value })}><option value=""></option>${Object.entries(names.value.capabilities).map(([slug, name]) => html`<option key=${slug} value=${slug}>${name}</option>`)}</select></label>
        <label>${t("console.support_count")} <input name="support-count" type="number" min="1" max="1000" value=${one.count} onInput=${(/** @type {any} */ event) => alter(at, { count: Number(event.target.value) })} /></label>
        <button type="button" onClick=${() => setSupport(support.filter((_, number) => number !== at))}>${t("console.leave_out")}</button></div>`,
    )}
    <label>${t("console.response_level")} <select name="response-level" value=${level} onChange=${(/** @type {any} */ event) => setLevel(event.target.value)}><option value="">${t("console.no_response")}</option>${["IV", "III", "II", "I"].map((one) => html`<option key=${one} value=${one}>${t("console.response_of", { level: one })}</option>`)}</select></label>
    <label>${t("console.warning_proposed")} <select name="warning-level" value=${warning.level} onChange=${(/** @type {any} */ event) => setWarning({ ...warning, level: event.target.value })}><option value="">${t("console.no_warning")}</option>${["blue", "yellow", "orange", "red"].map((one) => html`<option key=${one} value=${one}>${t(`console.level_${one}`)}</option>`)}</select></label>
    ${warning.level && html`<label>${t("console.warning_area")} <input name="warning-area" maxlength="200" value=${warning.area} onInput=${(/** @type {any} */ event) => setWarning({ ...warning, area: event.target.value })} /></label>
      <label>${t("console.reason")} <input name="warning-reason" maxlength="200" value=${warning.reason} onInput=${(/** @type {any} */ event) => setWarning({ ...warning, reason: event.target.value })} /></label>`}
    <button type="button" onClick=${() => setSupport([...support, { target: "", capability: "", count: 1 }])}>${t("console.add_support")}</button>
    <button type="button" onClick=${() => setTasks([...tasks, { department: "", action: "", due_minutes: 60 }])}>${t("console.add_task")}</button>
    <button type="button" class="main" disabled=${!conclusion.trim() || !whole} onClick=${conclude}>${t("console.conclude")}</button>
    ${problem && html`<p class="refused" role="alert">${problem}</p>`}
  </div>`;
}

/** @param {{consultation: Consultation, again: () => void}} of */
function One({ consultation, again }) {
  const open = consultation.status !== "concluded";
  const left = Date.parse(consultation.opinions_due_at) - now.value;
  const own = ownDepartment();
  return html`<article class="consultation">
    <h3><span class="state">${t(open ? "console.consulting" : "console.concluded")}</span> ${consultation.matter}
      <span class="dim">${t("console.chaired_by", { chair: consultation.chair })}</span>
      ${open && html`<time class=${left < 0 ? "late" : ""}>${t("console.opinions_due", { left: span(left) })}</time>`}
      ${open && consultation.unanswered.length > 0 && html`<span class="late">${t("console.unanswered", { count: consultation.unanswered.length })}</span>`}</h3>
    ${consultation.brief && html`<p class="description">${consultation.brief}</p>`}
    <ul>${consultation.departments.map((one) => html`<${Department} key=${one} consultation=${consultation} department=${one} />`)}</ul>
    ${consultation.conclusion && html`<p class="description"><b>${t("console.conclusion")}</b> ${consultation.conclusion}</p>`}
    ${consultation.tasks.length > 0 && html`<ul class="tasks">${consultation.tasks.map(
      (task) => html`<li key=${task.task_id} class=${task.department === own ? "own" : ""}><b>${named("departments", task.department)}</b> ${task.action} <time class=${Date.parse(task.due_at) < now.value ? "late" : "dim"}>${short(task.due_at)}</time></li>`,
    )}</ul>`}
    ${open && own && consultation.departments.includes(own) && html`<${Opinion} consultation=${consultation} again=${again} />`}
    ${open && mayLead() && html`<${Conclude} consultation=${consultation} again=${again} />`}
  </article>`;
}

/** @param {{id: string, again: () => void}} of */
function Convene({ id, again }) {
  const [matter, setMatter] = useState("");
  const [brief, setBrief] = useState("");
  const [problem, setProblem] = useState("");
  const convene = () =>
    call("POST", `/incidents/${id}/consultations`, { matter: matter.trim(), brief }).then(() => (setProblem(""), setMatter(""), setBrief("")), (error) => setProblem(said(error))).then(again);
  return html`<section class="form" aria-label=${t("console.convene")}>
    <label class="wide">${t("console.matter")} <input name="matter" maxlength="200" value=${matter} onInput=${(/** @type {any} */ event) => setMatter(event.target.value)} /></label>
    <label class="wide">${t("console.brief")} <textarea name="brief" rows="2" value=${brief} onInput=${(/** @type {any} */ event) => setBrief(event.target.value)} /></label>
    <button type="button" class="main" disabled=${!matter.trim()} onClick=${convene}>${t("console.convene")}</button>
    ${problem && html`<p class="refused" role="alert">${problem}</p>`}
  </section>`;
}

/** @param {{id: string}} of */
function OfIncident({ id }) {
  const { value: told, problem, again } = useConsultations(id);
  if (!told) return html`<${Waiting} problem=${problem} again=${again} />`;
  const { incident, consultations } = told;
  return html`<div class="forces">
    <h2><${Grade} grade=${incident.grade} basis=${incident.grade_basis} words=${incident.grade_zh} /> ${incident.title}
      <button type="button" onClick=${() => go("situation", id)}>${t("console.view_situation")} <kbd>F3</kbd></button></h2>
    <${Stale} problem=${problem} />
    ${consultations.length ? consultations.map((one) => html`<${One} key=${one.consultation_id} consultation=${one} again=${again} />`) : html`<p class="empty">${t("console.no_consultation")}</p>`}
    ${mayLead() && html`<${Convene} id=${id} again=${again} />`}
  </div>`;
}

export function Consult() {
  const { id } = route.value;
  return html`<div class="scroll" tabindex="0" aria-label=${t("console.view_consultation")}>${id ? html`<${OfIncident} id=${id} />` : html`<${Which} view="consultation" />`}</div>`;
}
