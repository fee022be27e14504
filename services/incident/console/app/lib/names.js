/** What the plan calls places, capabilities, material and departments; read once. */
import { signal } from "@preact/signals";
import { read } from "./api.js";

/** @typedef {import("../../types/incident.js").components["schemas"]["NamesView"]} Names */

/** @type {Names} */
const NONE = { places: {}, capabilities: {}, items: {}, departments: {}, kinds: [], linked: [] };
export const names = signal(NONE);

/** Read them; until then, and where the plan has no name, things go by their keys. */
export async function loadNames() {
  names.value = await read("/names").catch(() => NONE);
}

/**
 * @param {"places" | "capabilities" | "items" | "departments"} kind
 * @param {string} key
 */
export const named = (kind, key) => names.value[kind][key] ?? key;
