/** 态势: what is going on, the most urgent first; on the right what is known of one incident, and where it is. */
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { read, session } from "../lib/api.js";
import { unitsOf, urgency, where } from "../lib/board.js";
import { html } from "../lib/html.js";
import { onKey } from "../lib/keys.js";
import { changesOf, drafts, loaded, mayReadReports, refresh, rows } from "../lib/live.js";
import { useLooked } from "../lib/look.js";
import { go, route } from "../lib/route.js";
import { acknowledge, unseen } from "../lib/seen.js";
import { now, span } from "../lib/time.js";
import { known, language, t } from "../lib/words.js";
import { Callers } from "./callers.js";
import { Deeds, Duties } from "./deeds.js";
import { Grade } from "./grade.js";
import { Places } from "./map.js";
import { Timeline } from "./timeline.js";
import { Stale, Waiting } from "./waiting.js";

/** @typedef {import("../lib/live.js").Row} Row */

/** Calls that are being typed and are no report yet: nobody has to wait for them to be seen. */
function Calls() {
  const open = [...drafts.value.values()].filter((draft) => !draft.incident_id);
  return open.map(
    (draft) => html`<li key=${draft.draft_id}><button type="button" class="line taking" onClick=${() => go("intake", draft.draft_id)}>
      ${session.value?.mode === "exercise" && html`<span class="mark-drill">${t("console.drill_row")}</span>`}
      <span class="mark-taking">${t("console.taking")}</span><span class="what"><b>${draft.address || t("console.no_address")}</b><span>${draft.taken_by}</span></span>
      <time class="age">${span(Math.max(0, now.value - Date.parse(draft.begun_at)))}</time></button></li>`,
  );
}

/** @param {{row: Row, chosen: boolean, drill: boolean}} of */
function Line({ row, chosen, drill }) {
  const units = unitsOf.value.get(row.incident_id) ?? 0;
  const fresh = unseen.value.has(row.incident_id);
  const late = row.reports_late ?? 0;
  return html`<li>
    <button type="button" class=${`line ${chosen ? "chosen" : ""} ${fresh ? "fresh" : ""}`} aria-current=${chosen ? "true" : null}
      onClick=${() => go("situation", row.incident_id)}>
      <span class="number" title=${t("console.number")}>${row.number}</span><${Grade} grade=${row.grade} basis=${row.grade_basis} words=${row.grade_zh} />
      <span class="what"><b>${row.title}</b><span>${where(row)}</span></span>
      ${drill && html`<span class="mark-drill">${t("console.drill_row")}</span>`}
      ${fresh && html`<span class="mark-new">${t("console.new")}</span>`}
      ${(row.alarm_level ?? 0) > 1 && html`<span class="alarm">${t("console.alarm", { level: row.alarm_level ?? 0 })}</span>`}
      ${row.reports > 1 && html`<span class="calls-count">${t("console.calls_count", { count: row.reports })}</span>`}
      ${late > 0 && html`<span class="late">${t("console.late", { count: late })}</span>`}
      ${units > 0 && html`<span class="units">${t("console.units", { count: units })}</span>`}
      <span class="state">${t(`console.status_${row.status}`)}</span>
      <time class="age">${span(now.value - Date.parse(row.reported_at))}</time>
    </button>
  </li>`;
}

/** @param {{facts: Record<string, unknown>}} of */
function Facts({ facts }) {
  const told = Object.entries(facts).filter(([, value]) => value !== null && value !== undefined);
  if (!told.length) return html`<span class="dim">${t("console.none_known")}</span>`;
  return told.map(([name, value]) => {
    const word = known(`fact.${name}`) ? t(`fact.${name}`) : name;
    const shown = value === true ? t("fact.yes") : value === false ? t("fact.no") : String(value);
    return html`<span class="fact" key=${name}>${word} <b>${shown}</b></span>`;
  });
}

/** The incidents that hang together with one, each to be looked at. @param {{list: import("../lib/deeds.js").Details["related"]}} of */
function Related({ list }) {
  return html`<ul class="related">${list.map(
    (one) => html`<li key=${`${one.kind} ${one.reverse} ${one.incident_id}`}>${t(`console.${one.reverse ? "reverse" : "link"}_${one.kind}`)}
      <button type="button" onClick=${() => go("situation", one.incident_id)}>${one.title || one.incident_id}</button>
      ${one.status && html`<span class="state">${t(`console.status_${one.status}`)}</span>`} <span class="dim">${one.by} ${one.reason}</span></li>`,
  )}</ul>`;
}

/** The newest reports that belong to an incident, as far as this seat may read them. @param {import("../lib/deeds.js").Details | null} incident */
function useReports(incident) {
  const id = incident?.incident_id ?? "";
  const path = `/reports?status=attached&limit=200&incident_id=${encodeURIComponent(id)}`;
  const wanted = mayReadReports() && Boolean(incident?.reports);
  const { value } = useLooked(id, () => (wanted ? read(path) : Promise.resolve([])), [incident?.reports]);
  return /** @type {import("./callers.js").Report[]} */ (value ?? []);
}

/** @param {{id: string}} of */
function Details({ id }) {
  const { value: found, problem, again } = useLooked(id, () => read(`/incidents/${encodeURIComponent(id)}`), [changesOf(id)]);
  const reports = useReports(found);
  if (!found) return html`<${Waiting} problem=${problem} again=${again} />`;
  const criterion = language.value === "zh" ? found.criterion : found.criterion_en;
  const command = rows.value.get(id)?.command ?? found.command;
  return html`<article class="details"><${Stale} problem=${problem} />
    <h2><${Grade} grade=${found.grade} basis=${found.grade_basis} words=${found.grade_zh} /> ${found.title}</h2>
    <dl>
      <dt>${t("console.grade")}</dt><dd>${found.grade_zh} ${criterion} <span class="dim">${found.article}</span> ${found.grade_reason}</dd>
      ${found.alarm_level && html`<dt></dt><dd>${t("console.alarm", { level: found.alarm_level })}</dd>`}
      <dt>${t("console.place")}</dt><dd>${where(found)} ${found.lies_in_name} ${found.jurisdiction_unsure && html`<span class="late">${t("console.unsure")}</span>`}</dd>
      <dt>${t("console.commanded")}</dt><dd>${command.name} ${command.commander ?? ""}</dd>
      <dt>${t("console.facts")}</dt><dd><${Facts} facts=${found.facts} /></dd>
      ${found.answers.length > 0 && html`<dt>${t("console.answers")}</dt><dd class="answers">${found.answers.map((/** @type {{question: string, words: string, words_en: string}} */ one) => html`<span class="fact" key=${one.question}>${language.value === "zh" ? one.words : one.words_en}</span>`)}</dd>`}
      ${found.reports > 0 && html`<dt>${t("console.reports_counting")}</dt><dd>${found.reports}</dd>`}
      ${found.related.length > 0 && html`<dt>${t("console.related")}</dt><dd><${Related} list=${found.related} /></dd>`}
    </dl>
    ${found.description && html`<p class="description">${found.description}</p>`}
    <${Deeds} key=${id} incident=${found} reports=${reports} again=${again} />
    <${Duties} incident=${found} again=${again} />
    <${Callers} key=${`calls ${id}`} reports=${reports} />
    <section><h3>${t("console.timeline")}</h3><${Timeline} id=${id} /></section>
  </article>`;
}

/**
 * The lines of the board; one whose row is the same is the same as before, so that a change costs one line and not all.
 * @param {Row[]} list
 * @param {string} chosen
 * @param {boolean} drill
 */
function useLines(list, chosen, drill) {
  const before = useRef(/** @type {Map<string, {row: Row, picked: boolean, drawn: any}>} */ (new Map()));
  /** @type {typeof before.current} */
  const lines = new Map();
  for (const row of list) {
    const id = row.incident_id;
    const picked = id === chosen;
    const known = before.current.get(id);
    const same = known?.row === row && known.picked === picked;
    lines.set(id, same ? known : { row, picked, drawn: html`<${Line} key=${id} row=${row} chosen=${picked} drill=${drill} />` });
  }
  before.current = lines;
  return [...lines.values()].map(({ drawn }) => drawn);
}

/**
 * The incidents, the most urgent first; while somebody points at the queue nothing moves under the pointer: what is new
 * comes behind what stands, until they look elsewhere.
 * @param {boolean} pointed
 */
function useQueue(pointed) {
  const order = useRef(/** @type {string[]} */ ([]));
  return useMemo(() => {
    const sorted = [...rows.value.values()].sort(urgency);
    if (!pointed) {
      order.current = sorted.map((row) => row.incident_id);
      return sorted;
    }
    const place = new Map(order.current.map((id, number) => [id, number]));
    const last = order.current.length;
    const kept = sorted.sort((one, other) => (place.get(one.incident_id) ?? last) - (place.get(other.incident_id) ?? last));
    order.current = kept.map((row) => row.incident_id);
    return kept;
  }, [rows.value, pointed]);
}

export function Situation() {
  const [pointed, setPointed] = useState(false);
  const list = useQueue(pointed);
  const queue = useRef(/** @type {HTMLElement | null} */ (null));
  const drill = session.value?.mode === "exercise";
  const id = route.value.id;
  const lines = useLines(list, id, drill);
  useEffect(() => {
    const step = (/** @type {number} */ by) => () => {
      const at = list.findIndex((row) => row.incident_id === route.value.id);
      const next = list[Math.min(list.length - 1, Math.max(0, at + by))];
      if (next) go("situation", next.incident_id);
    };
    const nth = (/** @type {number} */ number) => () => {
      const row = list[number - 1];
      if (row) go("situation", row.incident_id);
    };
    const numbers = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((number) => onKey(`Alt+${number}`, nth(number)));
    const ends = [...numbers, onKey("j", step(1)), onKey("k", step(-1)), onKey("ArrowDown", step(1)), onKey("ArrowUp", step(-1))];
    return () => ends.forEach((end) => end());
  }, [list]);
  useEffect(() => {
    queue.current?.querySelector(".chosen")?.scrollIntoView({ block: "nearest" });
  }, [id]);
  if (loaded.value === "no") return html`<p class="dim pad">${t("console.loading")}</p>`;
  if (loaded.value !== "yes") {
    return html`<div class="refused pad" role="alert"><p>${t("console.failed", { detail: loaded.value })}</p>
      <button type="button" onClick=${refresh}>${t("console.retry")}</button></div>`;
  }
  return html`<div class="situation">
    <section class="queue" ref=${queue} onPointerEnter=${() => setPointed(true)} onPointerLeave=${() => setPointed(false)} aria-label=${t("console.view_situation")}>
      ${unseen.value.size > 0 && html`<button type="button" class="main wide" onClick=${acknowledge}>${t("console.acknowledge")} · ${unseen.value.size}</button>`}
      ${list.length || drafts.value.size ? html`<ul><${Calls} />${lines}</ul>` : html`<p class="empty">${t("console.empty_situation")}</p>`}
    </section>
    <section class="middle" tabindex="0" aria-label=${t("console.timeline")}>${id ? html`<${Details} id=${id} />` : html`<p class="empty">${t("console.choose_incident")}</p>`}</section>
    <${Places} chosen=${id} />
  </div>`;
}

