/** 接警: a call is taken by the keyboard alone. Place first; what is typed is safe at once. */
import { useEffect, useState } from "preact/hooks";
import { call, read, session } from "../lib/api.js";
import { html } from "../lib/html.js";
import { callOf, fieldName, fieldOf, form, loadForm, localDrafts, newCall, questionsOf } from "../lib/intake.js";
import { onKey } from "../lib/keys.js";
import { changesOf, drafts, parkedCalls } from "../lib/live.js";
import { useLooked, useReading } from "../lib/look.js";
import { go, route } from "../lib/route.js";
import { now, short, span } from "../lib/time.js";
import { language, t } from "../lib/words.js";
import { Act } from "./act.js";
import { Candidates } from "./candidates.js";
import { Grade } from "./grade.js";
import { Places } from "./map.js";
import { Stale } from "./waiting.js";

/** @typedef {import("../lib/intake.js").Call} Call */
/** @typedef {import("../lib/intake.js").Spot} Spot */
/** @typedef {import("../lib/intake.js").Kind} Kind */

/** @param {Call} call */
async function finish(call) {
  if (await call.finish()) go("situation", String(call.get("incident_id")));
  else if (!call.placed) document.querySelector(/** @type {"input"} */ ("input[name=address]"))?.focus();
}

/** @param {string} name */
const focusOn = (name) => setTimeout(() => /** @type {HTMLElement | null} */ (document.querySelector(`.intake [name=${name}]`))?.focus());

/** Enter goes on to the next field, as it does in every other form at which people type fast. @param {KeyboardEvent} event */
function onEnter(event) {
  const target = event.target;
  if (event.key !== "Enter" || event.isComposing || event.ctrlKey || event.defaultPrevented) return;
  if (!(target instanceof HTMLInputElement || target instanceof HTMLSelectElement)) return;
  event.preventDefault();
  const all = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".intake form :is(input, select, textarea)"))];
  all[all.indexOf(target) + 1]?.focus();
}

/** @param {{call: Call}} of */
function Timer({ call }) {
  const seconds = Math.max(0, (now.value - Number(call.get("begun") || now.value)) / 1000);
  const times = form.value?.call_time;
  const late = times?.red_seconds && seconds >= times.red_seconds ? "late" : times?.amber_seconds && seconds >= times.amber_seconds ? "near" : "";
  return html`<time class=${`call-timer ${late}`} role="timer" aria-label=${t("console.call_timer")}>${late === "late" ? "⚠ " : ""}${span(seconds * 1000)}</time>`;
}

/** @param {{call: Call, name: string, long?: boolean, type?: string, hint?: string}} of */
function Text({ call, name, long, type = "text", hint = "" }) {
  const common = {
    name,
    value: String(call.get(name)),
    placeholder: hint,
    "aria-label": t(`console.field_${name}`),
    onInput: (/** @type {any} */ event) => call.change({ [name]: event.currentTarget.value }),
    onChange: () => void call.commit(),
  };
  return html`<label><span>${t(`console.field_${name}`)}</span>
    ${long ? html`<textarea ...${common} rows="2" maxlength="2000"></textarea>` : html`<input ...${common} type=${type} maxlength="100" autocomplete="off" />`}</label>`;
}

/** @param {{call: Call, question: import("../lib/intake.js").Question}} of */
function Question({ call, question }) {
  const name = fieldOf(question);
  const chinese = language.value === "zh";
  const words = html`${chinese ? question.name : question.name_en}${question.required && html` <span class="needed" title=${t("console.required")}>*</span>`}`;
  const why = chinese ? question.why : question.why_en;
  const value = call.get(name);
  const set = (/** @type {any} */ told) => (call.change({ [name]: told }), void call.commit());
  if (question.kind === "choice") {
    return html`<label title=${why}><span>${words}</span><select name=${name} onChange=${(/** @type {any} */ event) => set(event.currentTarget.value || null)}>
      ${[{ value: "", name: t("console.unknown"), name_en: t("console.unknown") }, ...question.options].map((one) => html`<option key=${one.value} value=${one.value} selected=${one.value === value}>${chinese ? one.name : one.name_en}</option>`)}
    </select></label>`;
  }
  if (question.kind === "text") {
    return html`<label title=${why}><span>${words}</span><input name=${name} value=${String(value)} maxlength="190" autocomplete="off"
      onInput=${(/** @type {any} */ event) => call.change({ [name]: event.currentTarget.value })} onChange=${() => void call.commit()} /></label>`;
  }
  if (question.kind === "flag") {
    return html`<label title=${why}><span>${words}</span><select name=${name} onChange=${(/** @type {any} */ event) => set(event.currentTarget.value === "" ? null : event.currentTarget.value === "yes")}>
      ${["", "yes", "no"].map((one) => html`<option key=${one} value=${one} selected=${one === (value === true ? "yes" : value === false ? "no" : "")}>${one ? t(`fact.${one}`) : t("console.unknown")}</option>`)}
    </select></label>`;
  }
  const number = (/** @type {string} */ text) => (text.trim() === "" || Number.isNaN(Number(text)) ? null : Number(text));
  return html`<label title=${why}><span>${words}</span><input name=${name} type="number" min="0" step=${question.kind === "count" ? 1 : "any"} inputmode="numeric" value=${String(value)}
    onInput=${(/** @type {any} */ event) => call.change({ [name]: number(event.currentTarget.value) })} onChange=${() => void call.commit()} /></label>`;
}

/** @param {{call: Call}} of */
function Questions({ call }) {
  const sector = call.kind?.sector;
  const asked = form.value?.sectors.find((one) => one.slug === sector);
  const list = questionsOf(call);
  if (!asked || !list.length) return null;
  return html`<fieldset><legend>${t("console.questions", { sector: language.value === "zh" ? asked.name : asked.name_en })}</legend>
    <div class="questions">${list.map((question) => html`<${Question} key=${question.question} call=${call} question=${question} />`)}</div></fieldset>`;
}

/** @param {{call: Call}} of */
function Status({ call }) {
  const state = call.state.value;
  const id = call.fields.value.incident_id;
  const words = state === "waits" ? "waits" : call.undecided ? "undecided" : !call.placed ? "no_place" : !call.kind ? "no_kind" : id ? (state === "saved" ? "saved" : "saving") : "saving";
  return html`<p class=${`call-state ${words}`} role="status">${words === "saved" ? "✔ " : words === "waits" || words === "undecided" ? "⚠ " : ""}${t(`console.call_${words}`)}
    ${id && html` <span class="dim">#${String(id).slice(-6)}</span>`}</p>`;
}

/** @param {{call: Call}} of */
function Troubles({ call }) {
  const { value: other } = call.other;
  const { value: conflict } = call.conflict;
  const words = (/** @type {unknown} */ value) => (value === null || value === "" ? "—" : value === true ? t("fact.yes") : value === false ? t("fact.no") : String(value));
  return html`<div aria-live="assertive">
    ${call.problem.value && html`<p class="trouble" role="alert">${call.problem.value}</p>`}
    ${call.gone.value && html`<p class="trouble" role="alert">${t("console.call_gone")}</p>`}
    ${call.reminded.value && call.unanswered.length > 0 && html`<p class="trouble reminder" role="alert">${t("console.still_to_ask", { questions: call.unanswered.join("；") })}</p>`}
    <${Borders} call=${call} />
    ${other && html`<div class="trouble" role="alert"><p>${t("console.draft_changed", { who: other.who })}</p>
      <button type="button" class="main" onClick=${() => call.choose(true)}>${t("console.use_mine")}</button> <button type="button" onClick=${() => call.choose(false)}>${t("console.use_theirs")}</button></div>`}
    ${conflict && html`<div class="trouble conflict" role="alert"><p>${t("console.changed_by", { who: conflict.who })}</p>
      <ul>${conflict.differences.map((one) => html`<li key=${one.name}>${t("console.difference", { field: fieldName(one.name), theirs: words(one.theirs), mine: words(one.mine) })}</li>`)}</ul>
      <button type="button" class="main" onClick=${() => call.settle(true)}>${t("console.use_mine")}</button> <button type="button" onClick=${() => call.settle(false)}>${t("console.use_theirs")}</button></div>`}
  </div>`;
}

/** Near a border: which of these it lies in. @param {{call: Call}} of */
function Borders({ call }) {
  const list = call.borders.value;
  const chosen = call.get("lies_in");
  if (list.length < 2 || call.joined) return null;
  return html`<div class="borders" role="group" aria-label=${t("console.which_of_these")}><span>${t("console.which_of_these")}</span>
    ${list.map((one, number) => html` <button key=${one.jurisdiction} type="button" class=${one.jurisdiction === chosen ? "chosen" : ""} aria-pressed=${one.jurisdiction === chosen}
      onClick=${() => void call.liesIn(one.jurisdiction)}>${one.name} <kbd>Alt+${number + 1}</kbd></button>`)}</div>`;
}

/** @param {{call: Call}} of */
function CallForm({ call }) {
  const spotWords = (/** @type {Spot} */ one) => html`<b>${one.name}</b> <span class="dim">${t(`console.spot_${one.kind}`)} ${one.place_name} ${one.approximate ? t("console.approximate") : ""}</span>`;
  const kindWords = (/** @type {Kind} */ one) => html`<b>${one.name}</b> <span class="dim">${one.sector_name}</span>`;
  const placed = call.placed ? `${Number(call.get("lon")).toFixed(5)}, ${Number(call.get("lat")).toFixed(5)}${call.get("approximate") ? ` ${t("console.approximate")}` : ""}` : t("console.no_coordinates");
  return html`<form onSubmit=${(/** @type {Event} */ event) => event.preventDefault()} onKeyDown=${onEnter}>
    <div class="label"><span>${t("console.field_address")}</span>
      <${Candidates} key=${call.id} name="address" value=${String(call.get("address"))} path="/intake/places" words=${spotWords} focused=${!call.placed}
        onText=${(/** @type {string} */ text) => call.change({ address: text })}
        onChoose=${(/** @type {Spot} */ one) => (void call.place(one), focusOn("kind"))} onSkip=${() => (void call.commit(), focusOn("kind"))} />
      <small class="dim">${placed}</small></div>
    <div class="label"><span>${t("console.field_kind")}</span>
      <${Candidates} key=${call.id} name="kind" value=${String(call.get("kind_name"))} path="/intake/kinds" words=${kindWords}
        onText=${(/** @type {string} */ text) => call.change({ kind_name: text })}
        onChoose=${(/** @type {Kind} */ one) => {
          call.change({ kind_name: one.name, sector: one.sector, event_type: one.event_type });
          void call.commit();
          setTimeout(() => /** @type {HTMLElement | null} */ (document.querySelector(".questions input, .questions select, .intake [name=caller_phone]"))?.focus(), 30);
        }} onSkip=${() => focusOn("caller_phone")} /></div>
    <${Questions} call=${call} />
    <div class="pair" onChange=${() => void call.lookForNumber()}><${Text} call=${call} name="caller_phone" type="tel" /><${Text} call=${call} name="caller_name" /></div>
    <div class="label"><span>${t("console.field_caller_place")}</span>
      <${Candidates} key=${call.id} name="caller_place" value=${String(call.get("caller_place"))} path="/intake/places" words=${spotWords} free=${true} most=${200} hint=${t("console.caller_place_hint")}
        onText=${(/** @type {string} */ text) => call.change({ caller_place: text, caller_lon: null, caller_lat: null })}
        onChoose=${(/** @type {Spot} */ one) => {
          call.change({ caller_place: one.name, caller_lon: one.location.lon, caller_lat: one.location.lat });
          void call.commit();
          focusOn("description");
        }} onSkip=${() => (void call.commit(), focusOn("description"))} /></div>
    <${Text} call=${call} name="description" long=${true} />
    <div class="pair"><${Text} call=${call} name="title" hint=${call.placed ? call.title() : ""} />
      <label><span>${t("console.field_channel")}</span><select name="channel" disabled=${Boolean(call.fields.value.incident_id)} onChange=${(/** @type {any} */ event) => call.change({ channel: event.currentTarget.value })}>
        ${(form.value?.channels ?? []).map((one) => html`<option key=${one} value=${one} selected=${one === call.get("channel")}>${t(`console.channel_${one}`)}</option>`)}</select></label></div>
    <div class="buttons"><button type="button" class="main" onClick=${() => void finish(call)}>${t("console.finish")} <kbd>Ctrl+Enter</kbd></button>
      <button type="button" onClick=${() => newCall()}>${t("console.next_call")} <kbd>F2</kbd></button>
      ${!call.fields.value.incident_id && html`<button type="button" onClick=${() => void call.drop().then(() => go("situation"))}>${t("console.discard")}</button>`}</div>
  </form>
  ${!call.fields.value.incident_id && html`<${Park} call=${call} />`}`;
}

const REASONS = /** @type {const} */ (["silent", "wrong_number", "abuse", "no_event"]);

/** A call that is no report, kept with its reason. @param {{call: Call}} of */
function Park({ call }) {
  const [start, setStart] = useState(0);
  useEffect(() => onKey("Alt+p", () => setStart((count) => count + 1)), []);
  const fields = [
    { name: "reason", label: t("console.park_reason"), options: REASONS.map((one) => /** @type {[string, string]} */ ([one, t(`console.call_${one}`)])) },
    { name: "note", label: t("console.park_note"), optional: true },
  ];
  return html`<div class="park"><${Act} label=${t("console.park_call")} fields=${fields} start=${start} run=${(/** @type {any} */ values) => call.park(values)} /> <kbd>Alt+P</kbd></div>`;
}

/** Calls from the same number that were no report. @param {{call: Call}} of */
function Before({ call }) {
  if (!call.before.value.length) return null;
  return html`<ul class="before" aria-label=${t("console.same_number")}>${call.before.value.map(
    (one) => html`<li key=${one.call_id}>⚠ ${t("console.called_before", { reason: t(`console.call_${one.reason}`), at: short(one.called_at) })} <span class="dim">${one.lineage.map((step) => step.note).filter(Boolean).join("；")}</span>
      ${one.status === "parked" && html` <button type="button" disabled=${call.get("call_id") === one.call_id} onClick=${() => void call.isCall(one.call_id)}>${t("console.same_call")}</button>`}</li>`,
  )}</ul>`;
}

/** @param {{call: Call}} of */
function Similar({ call }) {
  const list = call.similar.value;
  if (call.unlooked.value) return html`<p class="trouble" role="alert">${t("console.not_looked", { detail: call.unlooked.value })}</p>`;
  if (!list.length) return html`<p class="dim">${t("console.no_similar")}</p>`;
  const decided = Boolean(call.fields.value.incident_id);
  return html`<ul class="similar">${list.map(
    (one, number) => html`<li key=${one.incident.incident_id}>
      <${Grade} grade=${one.incident.grade} basis=${one.incident.grade_basis} words=${one.incident.grade_zh} /> <b>${one.incident.title}</b>
      <span class="dim">${t("console.similar_away", { metres: one.metres, minutes: one.minutes })} · ${t("console.similar_score", { percent: Math.round(100 * one.score) })}</span>
      <ul class="why">${one.why.map((why) => html`<li key=${why.aspect} class=${why.bits < 0 ? "against" : "dim"}>${why.bits < 0 ? "−" : why.bits > 0 ? "+" : "·"} ${language.value === "zh" ? why.reason_zh : why.reason_en}</li>`)}</ul>
      ${!decided && html`<button type="button" class=${number ? "" : "main"} onClick=${() => void call.decide(one.incident.incident_id)}>${t("console.merge")} ${number ? null : html`<kbd>Alt+M</kbd>`}</button>`}
    </li>`,
  )}</ul>
  ${!decided && html`<button type="button" onClick=${() => void call.decide("new")}>${t("console.keep_new")} <kbd>Alt+N</kbd></button>`}`;
}

/** @param {{call: Call}} of */
function Assessment({ call }) {
  const incident = call.incident.value;
  if (!incident) return html`<p class="dim">${t("console.graded_when_saved")}</p>`;
  const criterion = language.value === "zh" ? incident.criterion : incident.criterion_en;
  return html`<div class="assessed"><${Grade} grade=${incident.grade} basis=${incident.grade_basis} words=${incident.grade_zh} />
    <b>${incident.grade_zh}</b>${incident.alarm_level ? html` <b>${t("console.alarm", { level: incident.alarm_level })}</b>` : null}
    <p>${criterion || t("console.no_criterion")}</p><p class="dim">${incident.article}</p></div>`;
}

/** What the plan knows of the hazard source that it is about. @param {{call: Call}} of */
function HazardSource({ call }) {
  const source = call.incident.value?.hazard_source;
  if (!source) return null;
  const told = [
    ["substance", source.substance],
    ["contact", source.contact],
    ["plan_file", source.plan_file],
  ].filter(([, value]) => value);
  return html`<h3>${t("console.hazard_source")}</h3><div class="hazard-source"><b>${source.name}</b>
    ${told.map(([name, value]) => html`<p key=${name}><span class="dim">${t(`console.source_${name}`)}</span> ${value}</p>`)}
    ${source.detail && html`<p class="dim">${source.detail}</p>`}</div>`;
}

/** The calls that are open at this node, whoever types them. @param {{id: string}} of */
function Calls({ id }) {
  const known = new Map([...drafts.value].map(([key, draft]) => [key, { address: draft.address, by: draft.taken_by, at: Date.parse(draft.begun_at) }]));
  const mine = localDrafts().filter((key) => !known.has(key) && key !== id);
  return html`<ul class="calls" aria-label=${t("console.open_calls")}>
    ${[...known].map(([key, draft]) => html`<li key=${key}><button type="button" class=${key === id ? "chosen" : ""} aria-current=${key === id ? "true" : null} onClick=${() => go("intake", key)}>
      ${draft.address || t("console.no_address")} <span class="dim">${draft.by === session.value?.name ? "" : draft.by} ${span(Math.max(0, now.value - draft.at))}</span></button></li>`)}
    ${mine.map((key) => html`<li key=${key}><button type="button" onClick=${() => go("intake", key)}>${t("console.only_here")}</button></li>`)}
    <li><button type="button" onClick=${() => newCall()}>＋ ${t("console.new_call")} <kbd>F2</kbd></button></li>
  </ul>`;
}

/** @param {{id: string}} of */
function OpenCall({ id }) {
  const call = callOf(id);
  useEffect(() => {
    const merge = () => {
      const first = call.similar.value[0];
      if (first && call.undecided) void call.decide(first.incident.incident_id);
    };
    const keep = () => void (call.undecided && call.decide("new"));
    const ends = [onKey("Ctrl+Enter", () => void finish(call)), onKey("Alt+m", merge), onKey("Ctrl+m", merge), onKey("Alt+n", keep)];
    const borders = [1, 2, 3, 4].map((number) =>
      onKey(`Alt+${number}`, () => {
        const one = call.borders.value.length > 1 ? call.borders.value[number - 1] : undefined;
        if (one) void call.liesIn(one.jurisdiction);
      }),
    );
    return () => [...ends, ...borders].forEach((end) => end());
  }, [call]);
  const incident = String(call.fields.value.incident_id ?? "");
  const mine = incident ? changesOf(incident) : 0;
  useReading(incident, () => (mine ? call.look() : Promise.resolve()), [mine]);
  const place = call.placed ? { lon: Number(call.get("lon")), lat: Number(call.get("lat")) } : null;
  const drill = session.value?.mode === "exercise";
  return html`<div class="intake">
    <section class="typed" aria-label=${t("console.view_intake")}>
      <div class="call-head">${drill && html`<span class="mark-drill">${t("console.drill_row")}</span>`}<${Status} call=${call} /><${Timer} call=${call} /></div>
      <${Troubles} call=${call} /><${CallForm} call=${call} />
    </section>
    <section class="aside"><h3>${t("console.similar")}</h3><${Before} call=${call} /><${Similar} call=${call} /><h3>${t("console.suggested_grade")}</h3><${Assessment} call=${call} /><${HazardSource} call=${call} /></section>
    <${Places} place=${place} chosen=${incident} onPick=${(/** @type {any} */ there) => void call.place({ ...there, name: String(call.get("address")) || `${there.lon}, ${there.lat}`, location: there, place: null, hazard_source_id: null, approximate: false })} />
  </div>`;
}

/** Silent calls that nobody has looked into yet: call back, note, clear, or take as a report. */
function Parked() {
  const { value: list, problem, again } = useLooked("parked", () => read("/intake/calls?status=parked&limit=50"), [parkedCalls.value]);
  if (problem) return html`<${Stale} problem=${problem} />`;
  if (!list?.length) return null;
  return html`<section class="parked-calls" aria-label=${t("console.parked_calls")}><h3>${t("console.parked_calls")}</h3><ul>
    ${list.map((/** @type {import("../lib/intake.js").ParkedCall} */ one) => html`<${ParkedCall} key=${one.call_id} one=${one} again=${again} />`)}</ul></section>`;
}

/** @param {{one: import("../lib/intake.js").ParkedCall, again: () => void}} of */
function ParkedCall({ one, again }) {
  const [phone, setPhone] = useState(one.phone);
  const path = `/intake/calls/${encodeURIComponent(one.call_id)}`;
  const note = [{ name: "note", label: t("console.park_note") }];
  const show = () => read(`${path}/caller`).then((found) => setPhone(found.phone ?? ""));
  const told = (/** @type {string} */ what) => (/** @type {any} */ values) => call("POST", `${path}/${what}`, values).then(again);
  return html`<li><b>${t(`console.call_${one.reason}`)}</b> ${t(`console.channel_${one.channel}`)} <span>${phone}</span>
    ${one.same_number > 1 && html`<span class="late">${t("console.times", { count: one.same_number })}</span>`}
    <time class="age">${span(Math.max(0, now.value - Date.parse(one.called_at)))}</time>
    <span class="dim">${one.lineage.map((step) => step.note).filter(Boolean).join("；")}</span>
    <span class="acts"><${Act} label=${t("console.call_back")} run=${show} /> <${Act} label=${t("console.park_note")} fields=${note} run=${told("notes")} />
      <${Act} label=${t("console.clear_call")} fields=${note} run=${told("settle")} />
      <button type="button" class="main" onClick=${() => newCall("", { call_id: one.call_id, channel: one.channel })}>${t("console.is_real")}</button></span></li>`;
}

export function Intake() {
  const [problem, setProblem] = useState("");
  const id = route.value.id;
  useEffect(() => {
    loadForm().then(() => setProblem(""), (error) => setProblem(error.message));
  }, []);
  if (problem) return html`<p class="refused pad" role="alert">${t("console.refused", { detail: problem })}</p>`;
  if (!form.value) return html`<p class="dim pad">${t("console.loading")}</p>`;
  return html`<div class="intake-view"><${Calls} id=${id} /><${Parked} />${id ? html`<${OpenCall} key=${id} id=${id} />` : html`<p class="empty">${t("console.empty_intake")}</p>`}</div>`;
}
