/** 资源: what this node has, what of it is promised and on its way, what it asked of others, what they have by the plan. */
import { call, read, session } from "./api.js";
import { readAll, supplies, teams } from "./live.js";
import { useLooked } from "./look.js";

/** @typedef {import("../../types/resources.js").components["schemas"]["TeamView"]} RosterTeam */
/** @typedef {import("../../types/resources.js").components["schemas"]["StockView"]} Stock */
/** @typedef {import("../../types/resources.js").components["schemas"]["ReservationView"]} Reservation */
/** @typedef {import("../../types/resources.js").components["schemas"]["MaterialRequestView"]} Request */
/** @typedef {import("../../types/resources.js").components["schemas"]["PlannedView"]} Planned */
/** @typedef {{roster: RosterTeam[], stock: Stock[], reservations: Reservation[], requests: Request[], planned: Planned[]}} Supply */

const has = (/** @type {string[]} */ ...wanted) => session.value?.roles.some((role) => wanted.includes(role)) ?? false;
/** Whether this seat keeps roster and stock. */
export const mayKeep = () => has("logistics");
/** Whether this seat asks others for material. */
export const mayAskMaterial = () => has("logistics", "duty_officer", "commander");

/** @returns {Promise<Supply>} */
async function look() {
  const [roster, stock, reservations, requests, planned] = await Promise.all([
    readAll("/resources/teams", (one) => one.team_id),
    readAll("/resources/stock", (one) => one.stock_id),
    readAll("/resources/reservations", (one) => one.reservation_id),
    readAll("/resources/material-requests", (one) => one.request_id),
    read("/resources/planned"),
  ]);
  return { roster, stock, reservations, requests, planned };
}

/** Read anew when stock, a reservation, a request, the roster or a team changes. */
export const useSupply = () => useLooked("", look, [supplies.value, teams.value]);

/** @param {string} path @param {object} body */
export const act = (path, body) => call("POST", `/resources/${path}`, body);

/** @param {Reservation} one */
export const isLive = (one) => ["reserved", "shipped", "received"].includes(one.status) || (one.difference > 0 && !one.settlement);
/** @param {Request} one */
export const waits = (one) => ["requested", "partly", "offered"].includes(one.status);
