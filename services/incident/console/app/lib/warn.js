/** 预警 at this node: the list, one of them whole, and what this seat may do with it. */
import { call, read, Refused, session } from "./api.js";
import { said } from "./forces.js";
import { deliveries, warnings } from "./live.js";
import { useLooked } from "./look.js";
import { t } from "./words.js";

/** @typedef {import("../../types/notify.js").components["schemas"]["WarningLine"]} Line */
/** @typedef {import("../../types/notify.js").components["schemas"]["WarningDetails"]} Details */
/** @typedef {import("../../types/notify.js").components["schemas"]["DeliveryView"]} Delivery */
/** @typedef {import("../../types/notify.js").components["schemas"]["AdjustmentView"]} Adjustment */

const has = (/** @type {string[]} */ ...wanted) => session.value?.roles.some((role) => wanted.includes(role)) ?? false;
export const mayWrite = () => has("warning_author");
export const mayAnswer = () => has("duty_officer");
export const mayConfirm = () => has("department");
const maySeeDeliveries = () => !has("department");

/**
 * What may be done with a warning as it stands, by the roles that do it. The service has the last word (three different
 * people, levels, areas), and says it.
 * @type {Record<string, [name: string, roles: string[]][]>}
 */
const STEPS = {
  proposed: [["adopt", ["warning_author"]], ["drop", ["warning_author"]]],
  drafted: [["review", ["warning_reviewer"]], ["return", ["warning_reviewer", "warning_signer"]], ["drop", ["warning_author"]]],
  reviewed: [["sign", ["warning_signer"]], ["return", ["warning_reviewer", "warning_signer"]]],
  signed: [["publish", ["warning_author", "warning_signer"]], ["return", ["warning_reviewer", "warning_signer"]]],
  published: [["cancel", ["warning_author", "warning_signer"]]],
};
export const LEVELS = ["red", "orange", "yellow", "blue"];
/** The texts of a warning: name, most characters, lines. */
export const TEXTS = /** @type {const} */ ([["headline", 150, 1], ["area", 190, 1], ["description", 10000, 4], ["instruction", 10000, 3]]);
/** Steps that want a reason. */
export const REASONED = new Set(["drop", "return", "cancel"]);

/** @param {Line | Details} warning */
export const stepsOf = (warning) => (STEPS[warning.status] ?? []).filter(([, roles]) => has(...roles)).map(([name]) => name);

/** @returns {Promise<{list: Line[], adjustments: Adjustment[]}>} */
async function lookAll() {
  const [list, adjustments] = await Promise.all([read("/notify/warnings?limit=200"), read("/notify/warning-adjustments?status=open&limit=200")]);
  return { list: list.reverse(), adjustments };
}

/** @param {string} id @returns {Promise<{warning: Details, deliveries: Delivery[]}>} */
async function lookOne(id) {
  const of = encodeURIComponent(id);
  const [warning, sent] = await Promise.all([
    read(`/notify/warnings/${of}`),
    maySeeDeliveries() ? read(`/notify/deliveries?warning_id=${of}&limit=200`) : [],
  ]);
  return { warning, deliveries: sent };
}

export const useWarnings = () => useLooked("", lookAll, [warnings.value]);
/** @param {string} id */
export const useWarning = (id) => useLooked(id, () => lookOne(id), [warnings.value, deliveries.value]);

/**
 * A step on the text that was looked at; where somebody else took one in between, who and what is told.
 * @param {Details} warning
 * @param {string} step
 * @param {object} body
 */
export async function step(warning, step, body = {}) {
  const path = `/notify/warnings/${encodeURIComponent(warning.warning_id)}`;
  try {
    return await call("POST", `${path}/${step}`, { version: warning.version, ...body });
  } catch (problem) {
    if (!(problem instanceof Refused) || problem.problem.status !== 409) throw problem;
    const now = /** @type {Details} */ (await read(path));
    if (now.version === warning.version) throw problem;
    const who = now.signer?.name ?? now.reviewer?.name ?? now.authors.at(-1)?.name ?? "";
    throw new Error(t("console.warning_changed", { refusal: said(problem), who, status: t(`console.warning_status_${now.status}`) }), { cause: problem });
  }
}
