/** What a department is asked: its consultations, its tasks, its warnings to confirm. */
import { read, session } from "./api.js";
import { readAll, touched, warnings } from "./live.js";
import { useLooked } from "./look.js";

/** @typedef {import("../../types/incident.js").components["schemas"]["ConsultationView"]} Consultation */
/** @typedef {Consultation["tasks"][number] & {consultation: Consultation}} OwnTask */

/** Whether this session is a department's and nothing else. */
export const isDepartment = () => session.value?.roles.join() === "department";

/** @returns {Promise<{open: Consultation[], concluded: Consultation[], tasks: OwnTask[], warnings: import("./live.js").Warning[]}>} */
async function look() {
  const own = session.value?.department ?? "";
  const [open, concluded, published] = await Promise.all([
    read("/consultations?concluded=false&limit=200"),
    read("/consultations?concluded=true&limit=50"),
    readAll("/notify/warnings?status=published", (one) => one.warning_id),
  ]);
  const tasks = concluded.flatMap((/** @type {Consultation} */ consultation) =>
    consultation.tasks.filter((task) => task.department === own).map((task) => ({ ...task, consultation })),
  );
  tasks.sort((/** @type {OwnTask} */ one, /** @type {OwnTask} */ other) => Date.parse(one.due_at) - Date.parse(other.due_at));
  return { open, concluded, tasks, warnings: published };
}

/** Read anew when an incident or a warning changes. */
export const useOwn = () => useLooked("", look, [touched.value.total, warnings.value]);
