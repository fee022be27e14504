/** 资源: teams, stock, what is promised and on its way, what others are asked for, shelters, and what counties have by the plan. */
import { useState } from "preact/hooks";
import { session } from "../lib/api.js";
import { html } from "../lib/html.js";
import { rows, sites, teams } from "../lib/live.js";
import { named, names } from "../lib/names.js";
import { act, isLive, mayAskMaterial, mayKeep, Overtaken, serveTeam, useSupply, waits } from "../lib/supply.js";
import { now, short, span } from "../lib/time.js";
import { t } from "../lib/words.js";
import { Act } from "./act.js";
import { Stale, Waiting } from "./waiting.js";

/** @typedef {import("../lib/supply.js").Supply} Supply */
/** @typedef {import("../lib/supply.js").Reservation} Reservation */
/** @typedef {import("../lib/supply.js").Request} Request */
/** @typedef {import("../lib/supply.js").Stock} StockRow */
/** @typedef {import("../lib/supply.js").RosterTeam} RosterTeam */

const word = (/** @type {string} */ name) => t(`console.${name}`);
const place = (/** @type {string} */ code) => named("places", code);
const reason = () => ({ name: "reason", label: word("reason") });
const pieces = (/** @type {number} */ most) => ({ name: "quantity", label: word("quantity"), kind: /** @type {const} */ ("number"), initial: most, max: most });
const titleOf = (/** @type {string} */ incident) => rows.value.get(incident)?.title ?? `#${incident.slice(-6)}`;

/** @param {{team: RosterTeam, again: () => void}} of */
function Team({ team, again }) {
  const held = teams.value.get(team.team_id);
  const out = team.service !== "in_service";
  const status = out ? "out" : (held?.status ?? "idle");
  const [overtaken, setOvertaken] = useState("");
  const serve = (/** @type {string} */ service) => (/** @type {any} */ values) => {
    setOvertaken("");
    return serveTeam(team, service, values.reason).then(again, (problem) => {
      if (!(problem instanceof Overtaken)) throw problem;
      setOvertaken(problem.message);
      again();
    });
  };
  return html`<li class=${`team ${status}`}><span class="state">${t(`console.team_${status}`)}</span>
    <span class="what"><b>${team.call_sign} ${team.name}</b><span>${team.capabilities.map((one) => named("capabilities", one)).join("、")} · ${t("console.crew", { count: team.crew })}${team.service_reason && ` · ${team.service_reason}`}${held?.incident_id ? ` · ${titleOf(held.incident_id)}` : ""}</span></span>
    ${mayKeep() && html`<span class="acts">${out ? html`<${Act} key="in" label=${word("service_in")} fields=${[reason()]} run=${serve("in_service")} />` : html`<${Act} key="out" label=${word("service_out")} fields=${[reason()]} run=${serve("out_of_service")} />`}</span>`}
    ${overtaken && html`<p class="refused" role="alert">${overtaken}</p>`}
  </li>`;
}

/** @param {{supply: Supply, again: () => void}} of */
function Teams({ supply, again }) {
  const counts = supply.roster.reduce((sum, one) => {
    const status = one.service === "in_service" ? (teams.value.get(one.team_id)?.status ?? "idle") : "out";
    const kind = status === "idle" ? "free" : status === "out" ? "out" : "busy";
    return { ...sum, [kind]: sum[kind] + 1 };
  }, { free: 0, busy: 0, out: 0 });
  return html`<section aria-label=${word("teams")}><h3>${word("teams")} <span class="dim">${t("console.teams_counted", counts)}</span></h3>
    ${supply.roster.length ? html`<ul>${supply.roster.map((one) => html`<${Team} key=${one.team_id} team=${one} again=${again} />`)}</ul>` : html`<p class="dim">${word("no_teams")}</p>`}</section>`;
}

/** @param {{row: StockRow, again: () => void}} of */
function StockLine({ row, again }) {
  const move = (/** @type {any} */ values) => act(`depots/${row.depot_id}/movements`, { item: row.item, ...values }).then(again);
  const kinds = /** @type {[string, string][]} */ (["receipt", "loss", "count", "expiry"].map((one) => [one, t(`console.movement_${one}`)]));
  const fields = [{ name: "kind", label: word("movement"), options: kinds }, { name: "quantity", label: `${word("quantity")} (${row.unit})`, kind: /** @type {const} */ ("number") }, reason()];
  return html`<tr class=${row.available === 0 ? "is-late" : ""}><td>${row.item_name}</td><td class="left">${row.quantity}</td><td class="left">${row.reserved}</td><td class="left">${row.available}</td><td>${row.unit}</td>
    ${mayKeep() && html`<td><${Act} label=${word("move_stock")} fields=${fields} run=${move} /></td>`}</tr>`;
}

/** @param {{supply: Supply, again: () => void}} of */
function Stocks({ supply, again }) {
  const depots = [...new Map(supply.stock.map((one) => [one.depot_id, one.depot_name]))];
  const columns = ["item", "in_stock", "reserved", "available", "unit", ...(mayKeep() ? ["act"] : [])];
  return html`<section aria-label=${word("stock")}><h3>${word("stock")}</h3>
    ${!depots.length && html`<p class="dim">${word("no_stock")}</p>`}
    ${depots.map(
      ([id, name]) => html`<table class="owed" key=${id}><caption>${name}</caption><thead><tr>${columns.map((one) => html`<th key=${one} scope="col">${t(`console.column_${one}`)}</th>`)}</tr></thead>
        <tbody>${supply.stock.filter((one) => one.depot_id === id).map((row) => html`<${StockLine} key=${row.stock_id} row=${row} again=${again} />`)}</tbody></table>`,
    )}</section>`;
}

/** What may be done with a reservation as it stands, by whose stock it is and whom it is for. @param {Reservation} one */
function stepsOf(one) {
  const [owns, receives] = [one.jurisdiction === session.value?.node, one.for_jurisdiction === session.value?.node];
  const settle = { name: "outcome", label: word("outcome"), options: /** @type {[string, string][]} */ (["lost", "returned", "arrived_late"].map((name) => [name, t(`console.settled_${name}`)])) };
  const arrived = [{ name: "received_by", label: word("received_by") }, pieces(one.quantity), { ...pieces(one.quantity), name: "damaged", label: word("damaged"), initial: 0 }];
  return [
    owns && one.status === "reserved" && { name: "ship", fields: [{ name: "carrier", label: word("carrier") }] },
    owns && one.status === "reserved" && { name: "cancel", fields: [reason()] },
    receives && one.status === "shipped" && { name: "receive", fields: arrived },
    receives && one.status === "received" && one.left > 0 && { name: "use", fields: [pieces(one.left)] },
    owns && one.status === "received" && one.left > 0 && { name: "return", fields: [pieces(one.left)] },
    owns && one.difference > 0 && !one.settlement && { name: "settle", fields: [settle, reason()] },
  ].filter((step) => step !== false);
}

/** @param {{one: Reservation, again: () => void}} of */
function ReservationLine({ one, again }) {
  const told = { quantity: one.quantity, unit: one.unit, item: one.item_name };
  const took = one.received === null ? "" : t("console.counted", { received: one.received, damaged: one.damaged, left: one.left });
  return html`<li class=${`reservation ${one.status} ${one.difference > 0 && !one.settlement ? "is-late" : ""}`}><span class="state">${t(`console.reservation_${one.status}`)}</span>
    <span class="what"><b>${t("console.reserved_of", told)}</b><span>${place(one.jurisdiction)} ${one.depot_name} → ${place(one.for_jurisdiction)} ${one.destination.address ?? ""} · ${titleOf(one.incident_id)}</span>
      <span>${[one.carrier, took, one.settlement && t(`console.settled_${one.settlement}`), one.reason].filter(Boolean).join(" · ")}</span></span>
    <time class="dim">${short(one.received_at ?? one.shipped_at ?? one.reserved_at)}</time>
    ${one.difference > 0 && !one.settlement && html`<span class="late">${t("console.pieces_missing", { count: one.difference })}</span>`}
    ${mayKeep() && html`<span class="acts">${stepsOf(one).map(
      (step) => html`<${Act} key=${step.name} label=${t(`console.supply_${step.name}`)} fields=${step.fields} run=${(/** @type {any} */ values) => act(`reservations/${one.reservation_id}/${step.name}`, values).then(again)} />`,
    )}</span>`}
  </li>`;
}

/** @param {{list: Reservation[], again: () => void}} of */
function Reservations({ list, again }) {
  const sorted = [...list.filter(isLive), ...list.filter((one) => !isLive(one)).slice(-20)];
  return html`<section aria-label=${word("reservations")}><h3>${word("reservations")} <span class="dim">${list.filter(isLive).length}</span></h3>
    ${sorted.length ? html`<ul>${sorted.map((one) => html`<${ReservationLine} key=${one.reservation_id} one=${one} again=${again} />`)}</ul>` : html`<p class="dim">${word("no_reservations")}</p>`}</section>`;
}

/** @param {{one: Request, again: () => void}} of */
function RequestLine({ one, again }) {
  const asked = one.target === session.value?.node;
  const due = waits(one) && one.answer_by ? Date.parse(one.answer_by) - now.value : null;
  const run = (/** @type {string} */ name) => (/** @type {any} */ values) => act(`material-requests/${one.request_id}/${name}`, values).then(again);
  const told = { quantity: one.quantity, item: named("items", one.item), offered: one.offered, reserved: one.reserved };
  return html`<li class=${`support ${one.status} ${due !== null && due < 0 ? "is-late" : ""}`}><span class="state">${t(`console.material_${one.status}`)}</span>
    <span class="what"><b>${place(one.jurisdiction)} → ${place(one.target)}</b><span>${t("console.material_of", told)} · ${titleOf(one.incident_id)}${one.reason && ` · ${one.reason}`}</span></span>
    ${due !== null && html`<time class="age">${span(due)}</time>`}
    <span class="acts">
      ${asked && mayKeep() && waits(one) && one.offered < one.quantity && html`<${Act} key="offer" main label=${word("supply_offer")} fields=${[pieces(one.quantity - one.offered)]} run=${run("offer")} /><${Act} key="decline" label=${word("decline")} fields=${[reason()]} run=${run("decline")} />`}
      ${!asked && mayAskMaterial() && waits(one) && html`<${Act} key="withdraw" label=${word("withdraw")} fields=${[reason()]} run=${run("withdraw")} />`}
      ${!asked && mayAskMaterial() && waits(one) && one.offers.filter((offer) => !offer.accepted_at).map(
        (offer) => html`<${Act} key=${offer.offer_id} main label=${t("console.take_offer", { count: offer.quantity })} run=${() => run("accept")({ offer_id: offer.offer_id })} />`,
      )}
    </span></li>`;
}

/** @param {{list: Request[], again: () => void}} of */
function Requests({ list, again }) {
  const sorted = [...list.filter(waits), ...list.filter((one) => !waits(one)).slice(-20)];
  return html`<section aria-label=${word("material_requests")}><h3>${word("material_requests")} <span class="dim">${list.filter(waits).length}</span></h3>
    ${sorted.length ? html`<ul>${sorted.map((one) => html`<${RequestLine} key=${one.request_id} one=${one} again=${again} />`)}</ul>` : html`<p class="dim">${word("no_material_requests")}</p>`}
    ${mayAskMaterial() && html`<${Wish} again=${again} />`}</section>`;
}

/** Material for an incident: set aside of this node's own, or asked of a linked node. @param {{again: () => void}} of */
function Wish({ again }) {
  const open = [...rows.value.values()];
  if (!open.length) return html`<p class="dim">${word("no_incident_for_material")}</p>`;
  const incidents = { name: "incident_id", label: word("incident"), options: /** @type {[string, string][]} */ (open.map((row) => [row.incident_id, row.title])) };
  const item = { name: "item", label: word("item"), options: /** @type {[string, string][]} */ (Object.entries(names.value.items)) };
  const target = { name: "target", label: word("support_target"), options: /** @type {[string, string][]} */ (names.value.linked.map((code) => [code, place(code)])) };
  const quantity = { name: "quantity", label: word("quantity"), kind: /** @type {const} */ ("number"), initial: 1 };
  const wish = (/** @type {string} */ path) => (/** @type {any} */ values) => {
    const { lon, lat, address } = /** @type {any} */ (rows.value.get(values.incident_id)?.location ?? {});
    return act(path, { ...values, destination: { lon, lat, address } }).then((made) => {
      again();
      if (made.missing > 0 && path === "reservations") throw new Error(t("console.missing_stock", { count: made.missing }));
    });
  };
  return html`<p class="acts">${mayKeep() && html`<${Act} key="own" main label=${word("reserve")} fields=${[incidents, item, quantity]} run=${wish("reservations")} />`}
    <${Act} key="other" label=${word("ask_material")} fields=${[incidents, target, item, quantity]} run=${wish("material-requests")} /></p>`;
}

/** @param {{supply: Supply, county: string}} of */
function Counties({ supply, county }) {
  const shown = supply.planned.filter((one) => !county || one.jurisdiction === county);
  if (!shown.length) return null;
  return html`<section aria-label=${word("planned")}><h3>${word("planned")} <span class="dim">${word("planned_hint")}</span></h3>
    ${shown.map(
      (one) => html`<details key=${one.jurisdiction} open=${county === one.jurisdiction}><summary><b>${one.name}</b> <span class="dim">${t("console.planned_counted", { teams: one.teams.length, depots: one.depots.length, shelters: one.shelters.length })}</span></summary>
        <dl><dt>${word("teams")}</dt><dd>${one.teams.join("、") || "—"}</dd><dt>${word("stock")}</dt><dd>${one.stock.map((held) => `${held.item_name} ${held.quantity} ${held.unit}`).join("、") || "—"}</dd>
          <dt>${word("shelters")}</dt><dd>${one.shelters.join("、") || "—"}</dd></dl></details>`,
    )}</section>`;
}

function Shelters() {
  const shelters = sites.value.filter((one) => one.kind === "shelter");
  return html`<section aria-label=${word("shelters")}><h3>${word("shelters")} <span class="dim">${shelters.length}</span></h3>
    ${shelters.length ? html`<ul>${shelters.map((one) => html`<li key=${one.site_id} class="site"><b>${one.name}</b> <span class="dim">${one.detail} ${one.place.address ?? ""}</span></li>`)}</ul>` : html`<p class="dim">${word("no_shelters")}</p>`}</section>`;
}

export function Resources() {
  const { value: supply, problem, again } = useSupply();
  const [county, setCounty] = useState("");
  if (!supply) return html`<${Waiting} problem=${problem} again=${again} />`;
  const concerns = (/** @type {string[]} */ ...codes) => !county || codes.includes(county);
  return html`<div class="scroll" tabindex="0" aria-label=${word("view_resources")}><div class="supply">
    <p class="tools"><label>${word("county")} <select name="county" value=${county} onChange=${(/** @type {any} */ event) => setCounty(event.target.value)}><option value="">${word("all_counties")}</option>
      ${names.value.linked.map((code) => html`<option key=${code} value=${code}>${place(code)}</option>`)}</select></label></p>
    <${Stale} problem=${problem} />
    <div class="columns">
      <div><${Reservations} list=${supply.reservations.filter((one) => concerns(one.jurisdiction, one.for_jurisdiction))} again=${again} />
        <${Requests} list=${supply.requests.filter((one) => concerns(one.jurisdiction, one.target))} again=${again} />
        <${Counties} supply=${supply} county=${county} /></div>
      ${!county && html`<div><${Teams} supply=${supply} again=${again} /></div><div><${Stocks} supply=${supply} again=${again} /><${Shelters} /></div>`}
    </div></div></div>`;
}
