/** Who is sent to an incident: what was recommended, who was ordered, what was asked of other nodes. */
import { call, read, Refused, session, wordsOfError } from "./api.js";
import { changesOf, reinforced, teams } from "./live.js";
import { useLooked } from "./look.js";

/** @typedef {import("../../types/dispatch.js").components["schemas"]["RecommendationView"]} Recommendation */
/** @typedef {import("../../types/dispatch.js").components["schemas"]["OrderView"]} Order */
/** @typedef {import("../../types/dispatch.js").components["schemas"]["SupportView"]} Support */
/** @typedef {import("./live.js").Team} Team */
/** @typedef {{recommendation: Recommendation | null, orders: Order[], supports: Support[], asked: Support[]}} Forces */

const has = (/** @type {string[]} */ ...wanted) => session.value?.roles.some((role) => wanted.includes(role)) ?? false;
/** Whether this seat gives orders. */
export const mayOrder = () => has("dispatcher", "commander");
/** Whether this seat asks others for support. */
export const mayAsk = () => has("dispatcher", "duty_officer", "commander");

/** @param {string} id @returns {Promise<Forces>} */
async function look(id) {
  const of = `incident_id=${encodeURIComponent(id)}`;
  const [recommendations, orders, supports, asked] = await Promise.all([
    read(`/dispatch/recommendations?${of}&limit=1`),
    read(`/dispatch/orders?${of}&limit=200`),
    read(`/dispatch/support-requests?${of}&role=asker&limit=200`),
    read(`/dispatch/support-requests?${of}&role=lender&limit=200`),
  ]);
  return { recommendation: recommendations[0] ?? null, orders, supports, asked };
}

/**
 * The forces of an incident, read anew when a team, the incident or what the dispatch service knows of it changes, or after a command of this seat.
 * @param {string} id
 */
export const useForces = (id) => useLooked(id, () => look(id), [changesOf(id), changesOf(id, reinforced), teams.value]);

/** A refusal in words, of the field it is about where it names one. @param {unknown} problem */
export function said(problem) {
  if (!(problem instanceof Refused)) return wordsOfError(problem);
  const told = (problem.problem.errors ?? []).map((one) => one.message).filter(Boolean);
  return told.length && !problem.message.includes(told[0] ?? "") ? `${problem.message}：${told.join("；")}` : problem.message;
}

/** The team's next step by its order's status. @type {Record<string, string>} */
export const NEXT = { issued: "acknowledge", acknowledged: "depart", departed: "arrive" };

/** @param {{order_id: string}} order @param {string} step @param {object} [body] */
export const step = (order, step, body = {}) => call("POST", `/dispatch/orders/${order.order_id}/${step}`, body);

/**
 * Since when an order stands where it stands.
 * @param {Order} order
 */
export function since(order) {
  return order.released_at ?? order.arrived_at ?? order.departed_at ?? order.acknowledged_at ?? order.issued_at;
}
