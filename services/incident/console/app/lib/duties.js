/** Statutory reports as this node owes them. */
import { read } from "./api.js";
import { duties, touched } from "./live.js";
import { useLooked } from "./look.js";

/** @typedef {import("../../types/incident.js").components["schemas"]["DueReportView"]} Duty */

/**
 * Those that stand so, read anew when an incident or a duty may have changed.
 * @param {string[]} statuses
 */
export const useDuties = (statuses) =>
  useLooked(statuses.join(), () => Promise.all(statuses.map((status) => read(`/due-reports?status=${status}&limit=200`))).then((found) => /** @type {Duty[]} */ (found.flat())), [
    touched.value.total,
    duties.value,
  ]);
