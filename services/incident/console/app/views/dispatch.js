/** 调派: who should go and why, who was sent and how far they are, what other nodes give. */
import { useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { call, session } from "../lib/api.js";
import { mayAsk, mayOrder, NEXT, said, since, step, useForces } from "../lib/forces.js";
import { html } from "../lib/html.js";
import { onKey } from "../lib/keys.js";
import { rows, teams } from "../lib/live.js";
import { named } from "../lib/names.js";
import { go, route } from "../lib/route.js";
import { now, span } from "../lib/time.js";
import { t } from "../lib/words.js";
import { Grade } from "./grade.js";
import { Supports } from "./supports.js";
import { Stale, Waiting } from "./waiting.js";
import { Which } from "./which.js";

/** @typedef {import("../lib/forces.js").Order} Order */
/** @typedef {import("../lib/forces.js").Recommendation} Recommendation */
/** @typedef {import("../lib/live.js").Team} Team */

const REASONS = ["nearer_known", "on_their_way_back", "special_skill", "keeps_cover", "asked_by_scene"];
const minutes = (/** @type {number} */ seconds) => Math.max(1, Math.round(seconds / 60));
const kilometres = (/** @type {number} */ metres) => (metres / 1000).toFixed(1);

/** @param {string} team */
const callSign = (team) => teams.value.get(team)?.call_sign ?? "";

/** @param {{recommendation: Recommendation}} of */
function Shortfalls({ recommendation }) {
  return recommendation.shortfalls.map(
    (one) => html`<p class="shortfall" role="alert" key=${one.capability}>${t("console.shortfall", { capability: named("capabilities", one.capability), missing: one.missing })} <span>${one.reason}</span></p>`,
  );
}

/**
 * The teams that could be sent: those recommended first, each with its number, then whoever else is idle here.
 * @param {{recommendation: Recommendation | null, chosen: ReadonlySet<string>, toggle: (id: string) => void, sent: ReadonlySet<string>}} of
 */
function Choice({ recommendation, chosen, toggle, sent }) {
  const picks = recommendation?.picks ?? [];
  const others = [...teams.value.values()].filter((team) => team.status === "idle" && !picks.some((pick) => pick.team_id === team.team_id));
  const box = (/** @type {string} */ id) =>
    html`<input type="checkbox" checked=${chosen.has(id)} disabled=${sent.has(id) || !mayOrder()} onChange=${() => toggle(id)} aria-label=${teams.value.get(id)?.name ?? id} />`;
  return html`<table class="owed picks">
    <thead><tr>${["number", "send", "team", "capability", "arrives", "distance", "why"].map((name) => html`<th key=${name} scope="col">${t(`console.column_${name}`)}</th>`)}</tr></thead>
    <tbody>
      ${picks.map(
        (pick, number) => html`<tr key=${pick.team_id} class=${sent.has(pick.team_id) ? "sent" : ""}>
          <td>${number < 9 && html`<kbd>${number + 1}</kbd>`}</td><td>${sent.has(pick.team_id) ? t("console.sent_already") : box(pick.team_id)}</td>
          <td><b>${callSign(pick.team_id)} ${pick.team_name}</b></td><td>${named("capabilities", pick.capability)}</td>
          <td class="left">${t("console.minutes", { minutes: minutes(pick.eta_seconds) })}</td><td class="left">${t("console.kilometres", { km: kilometres(pick.distance_m) })}</td>
          <td>${pick.reason}</td></tr>`,
      )}
      ${others.map(
        (team) => html`<tr key=${team.team_id}><td></td><td>${box(team.team_id)}</td><td>${team.call_sign} ${team.name}</td>
          <td>${team.capabilities.map((one) => named("capabilities", one)).join("、")}</td><td></td><td></td><td class="dim">${t("console.not_recommended")}</td></tr>`,
      )}
    </tbody>
  </table>`;
}

/**
 * @param {{id: string, title: string, recommendation: Recommendation | null, orders: Order[], again: () => void}} of
 */
function Send({ id, title, recommendation, orders, again }) {
  const sent = useMemo(() => new Set(orders.filter((order) => order.status !== "released").map((order) => order.team_id)), [orders]);
  const proposed = useMemo(() => (recommendation?.picks ?? []).map((pick) => pick.team_id).filter((team) => !sent.has(team)), [recommendation, sent]);
  // signals and what was drawn last are read when a key comes, which may be before the page is drawn anew
  const changed = useSignal(/** @type {ReadonlySet<string> | null} */ (null));
  const task = useSignal("");
  const reason = useSignal("");
  const busy = useSignal(false);
  const [problem, setProblem] = useState("");
  const shown = useRef({ sent, proposed, recommendation, title });
  shown.current = { sent, proposed, recommendation, title };
  const chosenNow = () => new Set([...(changed.value ?? shown.current.proposed)].filter((team) => !shown.current.sent.has(team)));
  const differsNow = (/** @type {ReadonlySet<string>} */ teamIds) =>
    shown.current.recommendation !== null && (teamIds.size !== shown.current.proposed.length || shown.current.proposed.some((team) => !teamIds.has(team)));
  const chosen = chosenNow();
  const differs = differsNow(chosen);
  const ready = chosen.size > 0 && mayOrder() && !busy.value && (!differs || reason.value.trim() !== "");
  const toggle = (/** @type {string} */ team) => {
    const next = chosenNow();
    if (!next.delete(team)) next.add(team);
    changed.value = next;
  };
  const send = async () => {
    const teamIds = chosenNow();
    const because = differsNow(teamIds) ? reason.value.trim() : "";
    if (busy.value || !mayOrder()) return;
    if (!teamIds.size || (differsNow(teamIds) && !because)) {
      setProblem(t(teamIds.size ? "console.reason_wanted" : "console.nobody_chosen"));
      return;
    }
    busy.value = true;
    try {
      await call("POST", "/dispatch/orders", { incident_id: id, team_ids: [...teamIds], task: task.value.trim() || shown.current.title, reason: because });
      changed.value = null;
      reason.value = "";
      setProblem("");
    } catch (error) {
      setProblem(said(error));
    } finally {
      busy.value = false;
      again();
    }
  };
  const anew = () =>
    call("POST", "/dispatch/recommendations", { incident_id: id })
      .then(() => ((changed.value = null), setProblem("")), (error) => setProblem(said(error)))
      .then(again);
  useEffect(() => {
    const digit = (/** @type {number} */ number) => () => {
      const pick = shown.current.recommendation?.picks[number - 1];
      if (pick && mayOrder() && !shown.current.sent.has(pick.team_id)) toggle(pick.team_id);
    };
    const ends = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((number) => onKey(String(number), digit(number)));
    ends.push(onKey("Ctrl+Enter", () => void send()), onKey("a", () => (changed.value = null)));
    return () => ends.forEach((end) => end());
  }, []);
  return html`<section class="send" aria-label=${t("console.recommended")}>
    <h3>${t("console.recommended")} ${recommendation && html`<span class="dim">${t("console.recommended_by", { version: recommendation.version, card: recommendation.run_card })}</span>`}
      ${mayAsk() && html`<button type="button" onClick=${anew}>${t("console.recommend_anew")}</button>`}</h3>
    ${!recommendation && html`<p class="dim">${t("console.nothing_recommended")}</p>`}
    ${recommendation && html`<${Shortfalls} recommendation=${recommendation} />`}
    <${Choice} recommendation=${recommendation} chosen=${chosen} toggle=${toggle} sent=${sent} />
    ${mayOrder() && html`<div class="form">
      <label>${t("console.task")} <input value=${task.value} placeholder=${title} maxlength="200" onInput=${(/** @type {any} */ event) => (task.value = event.target.value)} /></label>
      ${differs && html`<label class="wanted">${t("console.override_reason")} <input name="reason" list="override-reasons" value=${reason.value} maxlength="200" onInput=${(/** @type {any} */ event) => (reason.value = event.target.value)} /></label>
        <datalist id="override-reasons">${REASONS.map((one) => html`<option key=${one} value=${t(`console.reason_${one}`)} />`)}</datalist>`}
      <button type="button" class="main" disabled=${!ready} onClick=${send}>${t("console.send_teams", { count: chosen.size })} <kbd>Ctrl+Enter</kbd></button>
    </div>`}
    ${problem && html`<p class="refused" role="alert">${problem}</p>`}
  </section>`;
}

/** @param {{order: Order, again: () => void}} of */
function OrderRow({ order, again }) {
  const [problem, setProblem] = useState("");
  const [ending, setEnding] = useState(false);
  const at = since(order);
  const next = NEXT[order.status];
  const ours = order.jurisdiction === session.value?.node && mayOrder() && order.status !== "released";
  const late = order.status === "issued" && order.acknowledge_by && Date.parse(order.acknowledge_by) < now.value;
  const act = (/** @type {string} */ name, /** @type {object} */ body = {}) =>
    step(order, name, body).then(() => (setProblem(""), setEnding(false)), (error) => setProblem(said(error))).then(again);
  return html`<li class=${`order ${order.status} ${late ? "is-late" : ""}`}>
    <span class="state">${t(`order_status.${order.status}`)}</span>
    <span class="what"><b>${callSign(order.team_id)} ${order.team_name}</b><span>${order.jurisdiction === session.value?.node ? "" : `${named("places", order.jurisdiction)} · `}${order.task}</span></span>
    <time class="age">${at ? span(now.value - Date.parse(at)) : ""}</time>
    ${late && html`<span class="late">${t("console.not_acknowledged")}</span>`}
    ${ours && html`<span class="acts">
      ${next && html`<button type="button" onClick=${() => act(next)}>${t(`console.step_${next}`)}</button>`}
      ${ending
        ? ["completed", "stood_down", "relieved", "broken_down"].map((cause) => html`<button type="button" key=${cause} onClick=${() => act("release", { cause })}>${t(`release_cause.${cause}`)}</button>`)
        : html`<button type="button" onClick=${() => setEnding(true)}>${t("console.step_release")}</button>`}
      <button type="button" title=${t("console.undo_hint")} onClick=${() => act("undo")}>${t("console.step_undo")}</button>
    </span>`}
    ${order.release_reason && html`<span class="dim">${order.release_reason}</span>`}
    ${problem && html`<p class="refused" role="alert">${problem}</p>`}
  </li>`;
}

/** @param {{orders: Order[], again: () => void}} of */
function Orders({ orders, again }) {
  const live = orders.filter((order) => order.status !== "released");
  const over = orders.filter((order) => order.status === "released");
  return html`<section class="orders" aria-label=${t("console.orders")}><h3>${t("console.orders")} <span class="dim">${live.length}</span></h3>
    ${orders.length ? html`<ul>${[...live, ...over].map((order) => html`<${OrderRow} key=${order.order_id} order=${order} again=${again} />`)}</ul>` : html`<p class="dim">${t("console.no_orders")}</p>`}
  </section>`;
}

/** @param {{id: string}} of */
function Forces({ id }) {
  const { value: forces, problem, again } = useForces(id);
  const row = rows.value.get(id);
  if (!forces) return html`<${Waiting} problem=${problem} again=${again} />`;
  const title = row?.title ?? "";
  return html`<div class="forces">
    <h2>${row && html`<${Grade} grade=${row.grade} basis=${row.grade_basis} words=${row.grade_zh} />`} ${title} <button type="button" onClick=${() => go("situation", id)}>${t("console.view_situation")} <kbd>F3</kbd></button></h2>
    <${Stale} problem=${problem} />
    <div class="columns"><${Send} key=${id} id=${id} title=${title} recommendation=${forces.recommendation} orders=${forces.orders} again=${again} />
      <div><${Orders} orders=${forces.orders} again=${again} />
      <${Supports} id=${id} supports=${forces.supports} asked=${forces.asked} again=${again} /></div></div>
  </div>`;
}

export function Dispatch() {
  const { id } = route.value;
  return html`<div class="scroll" tabindex="0" aria-label=${t("console.view_dispatch")}>${id ? html`<${Forces} id=${id} />` : html`<${Which} view="dispatch" />`}</div>`;
}
