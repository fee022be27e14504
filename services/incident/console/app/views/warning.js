/** 预警: the text with its counters, the four steps and who took them, deliveries by channel, the all-clear. */
import { useSignal } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import { call } from "../lib/api.js";
import { said } from "../lib/forces.js";
import { html } from "../lib/html.js";
import { onKey } from "../lib/keys.js";
import { go, route } from "../lib/route.js";
import { now, short, span } from "../lib/time.js";
import { LEVELS, TEXTS, mayAnswer, mayConfirm, mayWrite, REASONED, step, stepsOf, useWarning, useWarnings } from "../lib/warn.js";
import { t } from "../lib/words.js";
import { Level } from "./level.js";
import { NewWarning } from "./new_warning.js";
import { Stale, Waiting } from "./waiting.js";

/** @typedef {import("../lib/warn.js").Details} Details */
/** @typedef {import("../lib/warn.js").Delivery} Delivery */
/** @typedef {import("../lib/warn.js").Adjustment} Adjustment */

/** What a step on the way looks like: who took it, or that it is still to be taken. @param {{warning: Details}} of */
function Way({ warning }) {
  const steps = [
    ["draft", warning.authors.map((one) => one.name).join("、")],
    ["review", warning.reviewer?.name ?? ""],
    ["sign", warning.signer?.name ?? ""],
    ["publish", warning.published_at ? short(warning.published_at) : ""],
  ];
  return html`<ol class="way">${steps.map(([name, who]) => html`<li key=${name} class=${who ? "done" : ""}>${who ? "✔" : "○"} ${t(`console.warning_${name}`)} <span>${who}</span></li>`)}
    ${warning.cancelled_at && html`<li class="done">✔ ${t("console.warning_cancelled")} <span>${short(warning.cancelled_at)}</span></li>`}</ol>`;
}

/** The measures that law and plan offer, by the level from which on; which are taken is a person's choice. */
/** @param {{warning: Details, chosen: string[], toggle: (measure: string) => void, may: boolean}} of */
function Measures({ warning, chosen, toggle, may }) {
  const offered = warning.offers.measure_groups;
  const bare = (/** @type {string} */ words) => words.replace(/^【演练】/, "");
  return html`<fieldset><legend>${t("console.measures")} <span class="dim">${chosen.length}</span></legend>
    ${offered.map(
      (group) => html`<div key=${group.level}><p class="dim">${t("console.measures_from", { level: group.name })}</p>${group.measures.map(
        (measure) => html`<label key=${measure}><input type="checkbox" disabled=${!may} checked=${chosen.some((one) => bare(one) === measure)} onChange=${() => toggle(measure)} /> ${measure}</label>`,
      )}</div>`,
    )}</fieldset>`;
}

/** @param {{warning: Details, again: () => void}} of */
function Text({ warning, again }) {
  const edited = useSignal(/** @type {Record<string, any>} */ ({}));
  const [problem, setProblem] = useState("");
  const may = mayWrite() && ["proposed", "drafted"].includes(warning.status);
  const content = /** @type {Record<string, any>} */ ({ ...warning.content, ...edited.value });
  const change = (/** @type {string} */ name, /** @type {unknown} */ value) => (edited.value = { ...edited.value, [name]: value });
  const toggle = (/** @type {string} */ measure) => {
    const bare = content.measures.map((/** @type {string} */ one) => one.replace(/^【演练】/, ""));
    change("measures", bare.includes(measure) ? bare.filter((/** @type {string} */ one) => one !== measure) : [...bare, measure]);
  };
  const keep = (/** @type {string} */ name) => {
    const sent = edited.value;
    const typedSince = () => Object.fromEntries(Object.entries(edited.value).filter(([field, value]) => value !== sent[field]));
    return step(warning, name, sent).then(() => ((edited.value = typedSince()), setProblem("")), (error) => setProblem(said(error))).then(again);
  };
  return html`<section class="text" aria-label=${t("console.warning_text")}>
    <label>${t("console.level")} <select name="level" disabled=${!may} value=${content.level} onChange=${(/** @type {any} */ event) => change("level", event.target.value)}>${LEVELS.map((one) => html`<option key=${one} value=${one}>${t(`console.level_${one}`)}</option>`)}</select></label>
    ${TEXTS.map(
      ([name, most, lines]) => html`<label key=${name}>${t(`console.warning_${name}`)} <span class=${`count ${content[name].length > most ? "late" : ""}`}>${content[name].length} / ${most}</span>
        <textarea name=${name} rows=${lines} readonly=${!may} value=${content[name]} onInput=${(/** @type {any} */ event) => change(name, event.target.value)} /></label>`,
    )}
    <${Measures} warning=${warning} chosen=${content.measures} toggle=${toggle} may=${may} />
    <p class="dim">${t("console.issued_by", { issuer: warning.content.issuer })} · ${short(warning.content.starts_at)} — ${short(warning.content.expires_at)}</p>
    ${may && html`<p class="acts">${warning.status === "proposed"
      ? html`<button type="button" class="main" onClick=${() => keep("adopt")}>${t("console.do_adopt")}</button>`
      : html`<button type="button" class="main" disabled=${!Object.keys(edited.value).length} onClick=${() => keep("revise")}>${t("console.do_revise")}</button>`}</p>`}
    ${problem && html`<p class="refused" role="alert">${problem}</p>`}
  </section>`;
}

/** @param {{warning: Details, again: () => void}} of */
function Steps({ warning, again }) {
  const [reason, setReason] = useState("");
  const [problem, setProblem] = useState("");
  const steps = stepsOf(warning).filter((name) => name !== "adopt");
  const take = (/** @type {string} */ name) =>
    step(warning, name, REASONED.has(name) ? { reason: reason.trim() } : {}).then(() => (setProblem(""), setReason("")), (error) => setProblem(said(error))).then(again);
  const confirm = () => call("POST", `/notify/warnings/${warning.warning_id}/acknowledgements`, {}).then(() => setProblem(""), (error) => setProblem(said(error))).then(again);
  return html`<section class="steps" aria-label=${t("console.warning_steps")}><${Way} warning=${warning} />
    ${steps.some((name) => REASONED.has(name)) && html`<label>${t("console.reason")} <input name="reason" maxlength="190" value=${reason} onInput=${(/** @type {any} */ event) => setReason(event.target.value)} /></label>`}
    <p class="acts">${steps.map((name) => html`<button type="button" key=${name} class=${REASONED.has(name) ? "" : "main"} disabled=${REASONED.has(name) && !reason.trim()} onClick=${() => take(name)}>${t(`console.do_${name}`)}</button>`)}
      ${mayConfirm() && ["published", "cancelled"].includes(warning.status) && html`<button type="button" class="main" onClick=${confirm}>${t("console.confirm_warning")}</button>`}</p>
    ${warning.reason && html`<p class="dim">${t("console.last_reason", { reason: warning.reason })}</p>`}
    ${problem && html`<p class="refused" role="alert">${problem}</p>`}
  </section>`;
}

/** @param {{warning: Details, deliveries: Delivery[]}} of */
function Deliveries({ warning, deliveries }) {
  return html`<section aria-label=${t("console.deliveries")}><h3>${t("console.deliveries")} <span class="dim">${t("console.confirmed_by", { count: warning.acknowledgements.length })}</span></h3>
    ${warning.acknowledgements.length > 0 && html`<ul>${warning.acknowledgements.map((one) => html`<li key=${one.acknowledgement_id}>✔ ${one.department} ${one.acknowledged_by} <time class="dim">${short(one.acknowledged_at)}</time></li>`)}</ul>`}
    ${deliveries.length > 0 && html`<table class="owed"><thead><tr>${["recipient", "channel", "kind", "status", "receipt"].map((name) => html`<th key=${name} scope="col">${t(`console.column_delivery_${name}`)}</th>`)}</tr></thead>
      <tbody>${deliveries.map(
        (one) => html`<tr key=${one.delivery_id} class=${["failed", "refused"].includes(one.status) ? "is-late" : ""}><td>${one.subscriber}</td><td>${t(`console.channel_${one.channel}`)}</td><td>${t(`console.kind_${one.kind}`)}</td>
          <td>${t(`console.delivery_${one.status}`)} ${one.status === "pending" && one.attempts > 0 ? span(Date.parse(one.due_at) - now.value) : ""}</td><td>${one.receipt || one.reason}</td></tr>`,
      )}</tbody></table>`}
  </section>`;
}

/** What a changed incident asks of the duty officer. @param {{one: Adjustment, again: () => void}} of */
function Question({ one, again }) {
  const [reason, setReason] = useState("");
  const [level, setLevel] = useState("");
  const [problem, setProblem] = useState("");
  const give = (/** @type {string} */ answer) =>
    call("POST", `/notify/warning-adjustments/${one.adjustment_id}/answer`, { answer, reason: reason.trim(), level: ["raise", "lower"].includes(answer) ? level || null : null })
      .then(() => setProblem(""), (error) => setProblem(said(error)))
      .then(again);
  return html`<li class="question"><b>${t(`console.asked_${one.cause}`)}</b> <button type="button" onClick=${() => go("warning", one.warning_id)}>${t("console.show_warning")}</button>
    ${mayAnswer() && html`<label>${t("console.level")} <select value=${level} onChange=${(/** @type {any} */ event) => setLevel(event.target.value)}><option value=""></option>${LEVELS.map((name) => html`<option key=${name} value=${name}>${t(`console.level_${name}`)}</option>`)}</select></label>
      <label>${t("console.reason")} <input name="answer-reason" maxlength="190" value=${reason} onInput=${(/** @type {any} */ event) => setReason(event.target.value)} /></label>
      ${["raise", "lower", "lift", "keep"].map((answer) => html`<button type="button" key=${answer} class=${answer === one.suggests ? "main" : ""} disabled=${!reason.trim()} onClick=${() => give(answer)}>${t(`console.answer_${answer}`)}</button>`)}`}
    ${problem && html`<p class="refused" role="alert">${problem}</p>`}</li>`;
}

/** @param {{id: string}} of */
function One({ id }) {
  const { value, problem, again } = useWarning(id);
  if (!value) return html`<${Waiting} problem=${problem} again=${again} />`;
  const { warning, deliveries } = value;
  return html`<article class="one"><${Stale} problem=${problem} /><h2><${Level} level=${warning.content.level} /> ${warning.content.headline}</h2>
    <${Steps} key=${`${id} steps`} warning=${warning} again=${again} />
    <${Text} key=${id} warning=${warning} again=${again} />
    <${Deliveries} warning=${warning} deliveries=${deliveries} /></article>`;
}

export function Warnings() {
  const { value, problem, again } = useWarnings();
  const { id } = route.value;
  const shown = useRef(value);
  shown.current = value;
  useEffect(() => {
    const step = (/** @type {number} */ by) => () => {
      const list = shown.current?.list ?? [];
      const next = list[Math.min(list.length - 1, Math.max(0, list.findIndex((one) => one.warning_id === route.value.id) + by))];
      if (next) go("warning", next.warning_id);
    };
    const ends = [onKey("n", () => mayWrite() && go("warning", "new")), onKey("j", step(1)), onKey("k", step(-1)), onKey("ArrowDown", step(1)), onKey("ArrowUp", step(-1))];
    return () => ends.forEach((end) => end());
  }, []);
  if (!value) return html`<${Waiting} problem=${problem} again=${again} />`;
  return html`<div class="warnings">
    <section class="queue" aria-label=${t("console.view_warning")} tabindex="0">
      ${mayWrite() && html`<button type="button" class="wide" onClick=${() => go("warning", "new")}>${t("console.new_warning")} <kbd>N</kbd></button>`}
      ${value.adjustments.length > 0 && html`<ul class="questions">${value.adjustments.map((one) => html`<${Question} key=${one.adjustment_id} one=${one} again=${again} />`)}</ul>`}
      ${value.list.length ? html`<ul>${value.list.map(
        (one) => html`<li key=${one.warning_id}><button type="button" class=${`line ${one.warning_id === id ? "chosen" : ""}`} aria-current=${one.warning_id === id ? "true" : null} onClick=${() => go("warning", one.warning_id)}>
          <${Level} level=${one.content.level} /><span class="what"><b>${one.content.headline}</b><span>${one.content.area}</span></span><span class="state">${t(`console.warning_status_${one.status}`)}</span></button></li>`,
      )}</ul>` : html`<p class="empty">${t("console.no_warnings")}</p>`}
    </section>
    <section class="scroll" tabindex="0" aria-label=${t("console.warning_text")}>${id === "new" && mayWrite() ? html`<${NewWarning} />` : id ? html`<${One} id=${id} />` : html`<p class="empty">${t("console.choose_warning")}</p>`}</section>
  </div>`;
}
