/** 增援: what this node asked of others for an incident, and what others ask of it. */
import { useState } from "preact/hooks";
import { call } from "../lib/api.js";
import { mayAsk, mayOrder, said } from "../lib/forces.js";
import { html } from "../lib/html.js";
import { teams } from "../lib/live.js";
import { named, names } from "../lib/names.js";
import { now, span } from "../lib/time.js";
import { t } from "../lib/words.js";

/** @typedef {import("../lib/forces.js").Support} Support */

const waits = (/** @type {Support} */ support) => ["requested", "partly"].includes(support.status);

/** @param {{support: Support, children: any}} of */
function Line({ support, children }) {
  const due = waits(support) && support.answer_by ? Date.parse(support.answer_by) - now.value : null;
  const values = { capability: named("capabilities", support.capability), count: support.count, given: support.team_ids.length };
  return html`<li class=${`support ${support.status} ${due !== null && due < 0 ? "is-late" : ""}`}>
    <span class="state">${t(`console.support_${support.status}`)}</span>
    <span class="what"><b>${named("places", support.jurisdiction)} → ${named("places", support.target)}</b><span>${t("console.support_of", values)}</span></span>
    ${due !== null && html`<time class="age">${span(due)}</time>`}
    ${support.reason && html`<span class="dim">${support.reason}</span>`}${children}
  </li>`;
}

/** A request of this node: taken back, or the next one asked. @param {{support: Support, again: () => void}} of */
function Asked({ support, again }) {
  const [problem, setProblem] = useState("");
  const act = (/** @type {string} */ name, /** @type {string} */ reason) =>
    call("POST", `/dispatch/support-requests/${support.request_id}/${name}`, { reason }).then(() => setProblem(""), (error) => setProblem(said(error))).then(again);
  return html`<${Line} support=${support}>
    ${waits(support) && mayAsk() && html`<span class="acts"><button type="button" onClick=${() => act("withdraw", t("console.no_more_needed"))}>${t("console.withdraw")}</button>
      ${support.then.length > 0 && html`<button type="button" onClick=${() => act("next", t("console.no_answer_yet"))}>${t("console.ask_next", { place: named("places", support.then[0] ?? "") })}</button>`}</span>`}
    ${problem && html`<p class="refused" role="alert">${problem}</p>`}</${Line}>`;
}

/** What another node asks: teams given or not. @param {{support: Support, again: () => void}} of */
function Wanted({ support, again }) {
  const [chosen, setChosen] = useState(/** @type {string[]} */ ([]));
  const [problem, setProblem] = useState("");
  const idle = [...teams.value.values()].filter((team) => team.status === "idle" && team.capabilities.includes(support.capability));
  const act = (/** @type {string} */ name, /** @type {object} */ body) =>
    call("POST", `/dispatch/support-requests/${support.request_id}/${name}`, body).then(() => (setProblem(""), setChosen([])), (error) => setProblem(said(error))).then(again);
  const toggle = (/** @type {string} */ id) => setChosen((before) => (before.includes(id) ? before.filter((one) => one !== id) : [...before, id]));
  return html`<${Line} support=${support}>
    ${waits(support) && mayOrder() && html`<span class="acts">
      ${idle.map((team) => html`<label key=${team.team_id}><input type="checkbox" checked=${chosen.includes(team.team_id)} onChange=${() => toggle(team.team_id)} /> ${team.name}</label>`)}
      <button type="button" class="main" disabled=${!chosen.length} onClick=${() => act("offer", { team_ids: chosen })}>${t("console.lend", { count: chosen.length })}</button>
      <button type="button" onClick=${() => act("decline", { reason: t("console.cannot_lend") })}>${t("console.decline")}</button></span>`}
    ${problem && html`<p class="refused" role="alert">${problem}</p>`}</${Line}>`;
}

/** @param {{id: string, again: () => void}} of */
function Ask({ id, again }) {
  const [body, setBody] = useState({ target: "", capability: "", count: 1, task: "" });
  const [problem, setProblem] = useState("");
  const { linked, capabilities } = names.value;
  const change = (/** @type {string} */ name) => (/** @type {any} */ event) => setBody({ ...body, [name]: name === "count" ? Number(event.target.value) : event.target.value });
  const ready = body.target && body.capability && body.count > 0 && body.task.trim();
  const ask = () =>
    call("POST", "/dispatch/support-requests", { ...body, task: body.task.trim(), incident_id: id }).then(() => (setProblem(""), setBody({ ...body, task: "" })), (error) => setProblem(said(error))).then(again);
  if (!linked.length) return null;
  return html`<div class="form">
    <label>${t("console.support_target")} <select name="target" value=${body.target} onChange=${change("target")}><option value=""></option>${linked.map((code) => html`<option key=${code} value=${code}>${named("places", code)}</option>`)}</select></label>
    <label>${t("console.support_capability")} <select name="capability" value=${body.capability} onChange=${change("capability")}><option value=""></option>${Object.entries(capabilities).map(([slug, name]) => html`<option key=${slug} value=${slug}>${name}</option>`)}</select></label>
    <label>${t("console.support_count")} <input name="count" type="number" min="1" max="100" value=${body.count} onInput=${change("count")} /></label>
    <label>${t("console.task")} <input name="support-task" value=${body.task} maxlength="200" onInput=${change("task")} /></label>
    <button type="button" disabled=${!ready} onClick=${ask}>${t("console.ask_support")}</button>
    ${problem && html`<p class="refused" role="alert">${problem}</p>`}
  </div>`;
}

/** @param {{id: string, supports: Support[], asked: Support[], again: () => void}} of */
export function Supports({ id, supports, asked, again }) {
  return html`<section class="supports" aria-label=${t("console.support")}><h3>${t("console.support")}</h3>
    ${supports.length + asked.length > 0 && html`<ul>${asked.map((one) => html`<${Wanted} key=${one.request_id} support=${one} again=${again} />`)}
      ${supports.map((one) => html`<${Asked} key=${one.request_id} support=${one} again=${again} />`)}</ul>`}
    ${mayAsk() && html`<${Ask} id=${id} again=${again} />`}
  </section>`;
}
