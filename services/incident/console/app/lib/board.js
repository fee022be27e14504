/** The board's rows as people read them: which come first, where they are, how many teams each holds. */
import { computed } from "@preact/signals";
import { teams } from "./live.js";

/** @typedef {import("./live.js").Row} Row */

const RANK = { catastrophic: 3, major: 2, significant: 1, general: 0 };

/**
 * Unhandled first, then the graver, the late, the newer.
 * @param {Row} one
 * @param {Row} other
 */
export function urgency(one, other) {
  const waits = (/** @type {Row} */ row) => (row.status === "reported" ? 1 : 0);
  return (
    waits(other) - waits(one) ||
    RANK[other.grade] - RANK[one.grade] ||
    (other.reports_late ?? 0) - (one.reports_late ?? 0) ||
    (one.incident_id < other.incident_id ? 1 : -1)
  );
}

/** Where it is, in words. @param {Row} row */
export function where(row) {
  return row.location.address || row.place_name || `${row.location.lon.toFixed(3)}, ${row.location.lat.toFixed(3)}`;
}

/** How many teams of this node each incident holds. */
export const unitsOf = computed(() => {
  /** @type {Map<string, number>} */
  const counted = new Map();
  for (const { incident_id: id } of teams.value.values()) if (id) counted.set(id, (counted.get(id) ?? 0) + 1);
  return counted;
});
