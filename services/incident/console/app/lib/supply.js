/** 资源: what this node has, what of it is promised and on its way, what it asked of others, what they have by the plan. */
import { call, read, Refused, session } from "./api.js";
import { readAll, supplies, teams } from "./live.js";
import { said } from "./forces.js";
import { useLooked } from "./look.js";
import { short } from "./time.js";
import { t } from "./words.js";

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

const STALE = "urn:liandong:problem:stale_version";

/** What was to be done with a team is past: somebody else has done it, or otherwise. */
export class Overtaken extends Error {}

/**
 * 停用、恢复; raises Overtaken or what was refused. Where somebody else changed the team in between, who that was and how it stands now.
 * @param {RosterTeam} team as it was looked at
 * @param {string} service
 * @param {string} reason
 */
export async function serveTeam(team, service, reason) {
  try {
    await act(`teams/${team.team_id}/service`, { version: team.version, service, reason });
  } catch (problem) {
    if (!(problem instanceof Refused) || problem.problem.type !== STALE) throw problem;
    const stands = (await readAll("/resources/teams", (one) => one.team_id)).find((/** @type {RosterTeam} */ one) => one.team_id === team.team_id);
    if (!stands) throw problem;
    const how = [t(`console.service_${stands.service}`), stands.service_reason].filter(Boolean).join("，");
    const who = t("console.team_changed", { who: stands.changed_by || t("console.by_plan"), at: short(stands.registered_at), how });
    const Told = stands.service === team.service ? Error : Overtaken;
    throw new Told(`${said(problem)} ${who}`, { cause: problem });
  }
}

/** @param {Reservation} one */
export const isLive = (one) => ["reserved", "shipped", "received"].includes(one.status) || (one.difference > 0 && !one.settlement);
/** @param {Request} one */
export const waits = (one) => ["requested", "partly", "offered"].includes(one.status);
