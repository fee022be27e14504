/** 演练 at this node: the run that is played or was played last, step by step, and what observers note. */
import { call, read, session } from "./api.js";
import { drillRuns } from "./live.js";
import { useLooked } from "./look.js";
import { t } from "./words.js";

/** @typedef {import("../../types/incident.js").components["schemas"]["RunView"]} Run */
/** @typedef {import("../../types/incident.js").components["schemas"]["RunLine"]} RunLine */

export const isDrill = () => session.value?.mode === "exercise";
export const mayNote = () => session.value?.roles.some((role) => !["team", "system"].includes(role)) ?? false;

/** @param {string} id the newest, if none is named @returns {Promise<{runs: RunLine[], run: Run | null}>} */
async function look(id) {
  const runs = await read("/drill-runs?limit=50");
  const wanted = id || runs[0]?.run_id;
  return { runs, run: wanted ? await read(`/drill-runs/${encodeURIComponent(wanted)}`) : null };
}

/** @param {string} id */
export const useDrill = (id) => useLooked(id, () => look(id), [drillRuns.value]);

/** @param {string} id @param {string} note */
export const noteOn = (id, note) => call("POST", `/drill-runs/${encodeURIComponent(id)}/notes`, { note });

/** A note on the run that goes on, or went last. @param {string} note */
export async function noteDown(note) {
  const [newest] = await read("/drill-runs?limit=1");
  if (!newest) throw new Error(t("console.no_run"));
  await noteOn(newest.run_id, note);
}
