/** A team leader's phone: my order, and its next step in one tap, for a thumb in a glove. */
import { Fragment } from "preact";
import { useState } from "preact/hooks";
import { logOut, session } from "../lib/api.js";
import { NEXT, since } from "../lib/forces.js";
import { html } from "../lib/html.js";
import { connected, heardAt, look, own, problem, status, tap, taps, undo } from "../lib/road.js";
import { clock, now, short, span } from "../lib/time.js";
import { language, speak, t } from "../lib/words.js";

/** @typedef {import("../../types/dispatch.js").components["schemas"]["OrderView"]} Order */

const CAUSES = ["completed", "stood_down", "relieved", "broken_down"];
const STEPS = ["issued", "acknowledged", "departed", "arrived"];

/** Where one is on the way. */
function Way() {
  const reached = STEPS.indexOf(status.value);
  return html`<ol class="road-way">${STEPS.map(
    (step, number) => html`<li key=${step} class=${number <= reached ? "done" : ""} aria-current=${number === reached ? "step" : null}>${t(`order_status.${step}`)}</li>`,
  )}</ol>`;
}

/** @param {{order: Order}} of */
function Place({ order }) {
  const to = order.destination;
  if (!to) return null;
  const words = to.address || `${to.lon.toFixed(4)}, ${to.lat.toFixed(4)}`;
  return html`<p class="road-place"><b>${words}</b> <a class="button" href=${`geo:${to.lat},${to.lon}?q=${to.lat},${to.lon}(${encodeURIComponent(words)})`}>${t("console.navigate")}</a></p>`;
}

/** @param {{order: Order}} of */
function Steps({ order }) {
  const [ending, setEnding] = useState(false);
  const next = NEXT[status.value];
  const mayEnd = !["issued", "released"].includes(status.value);
  const waiting = taps.value.length > 0;
  return html`<div class="road-steps">
    ${next && html`<button type="button" class="main road-next" onClick=${() => tap(next)}>${t(`console.step_${next}`)}</button>`}
    ${mayEnd && !ending && html`<button type="button" class=${next ? "road-end" : "main road-next"} onClick=${() => setEnding(true)}>${t("console.go_home")}</button>`}
    ${mayEnd && ending && html`<div class="road-causes" role="group" aria-label=${t("console.go_home")}>
      ${CAUSES.map((cause) => html`<button type="button" key=${cause} onClick=${() => (tap("release", { cause }), setEnding(false))}>${t(`release_cause.${cause}`)}</button>`)}
      <button type="button" onClick=${() => setEnding(false)}>${t("console.close")}</button></div>`}
    ${!waiting && order.status !== "issued" && html`<button type="button" class="road-undo" onClick=${undo}>${t("console.step_undo")}</button>`}
  </div>`;
}

function Line() {
  const count = taps.value.length;
  if (connected.value && !count) return html`<p class="road-line good" role="status">● ${t("console.link_live")} ${heardAt.value ? clock(heardAt.value) : ""}</p>`;
  return html`<p class="road-line lost" role="status">${count ? t("console.taps_wait", { count }) : t("console.road_lost", { at: heardAt.value ? clock(heardAt.value) : "—" })}</p>`;
}

function Mine() {
  const told = own.value;
  if (!told) return html`<p class="dim pad">${problem.value || t("console.loading")}</p>`;
  const { order, team, alongside } = told;
  if (!order || status.value === "released") {
    return html`<section class="road-idle"><h1>${team.name}</h1><p>${t(order ? "console.released_here" : "console.no_order")}</p><button type="button" onClick=${look}>${t("console.retry")}</button></section>`;
  }
  const at = since(order);
  return html`<section class="road-order" aria-label=${t("console.my_order")}>
    <p class="road-team">${team.call_sign} ${team.name}</p>
    <h1>${told.incident_title || order.task}</h1>
    ${told.incident_title && order.task !== told.incident_title && html`<p class="road-task">${order.task}</p>`}
    <${Place} order=${order} />
    <p class="dim">${t("console.ordered_by", { who: order.issued_by, at: order.issued_at ? short(order.issued_at) : "—" })} ${at && taps.value.length === 0 ? html`<time>${span(now.value - Date.parse(at))}</time>` : ""}</p>
    <${Way} />
    <${Steps} key=${order.order_id} order=${order} />
    ${alongside.length > 0 && html`<h2>${t("console.alongside")}</h2><ul class="road-others">${alongside.map((one) => html`<li key=${one.team_id}><b>${one.team_name}</b> <span>${t(`order_status.${one.status}`)}</span></li>`)}</ul>`}
  </section>`;
}

export function Road() {
  return html`<${Fragment}>
    <main class="road">
      <${Line} />
      ${problem.value && own.value && html`<p class="refused" role="alert">${problem.value}</p>`}
      <${Mine} />
    </main>
    <footer class="road-foot"><span>${session.value?.name} · ${session.value?.node_name}</span>
      <button type="button" onClick=${() => speak(language.value === "zh" ? "en" : "zh")}>${t("console.language")}</button>
      <button type="button" onClick=${logOut}>${t("console.log_out")}</button></footer>
  </${Fragment}>`;
}
