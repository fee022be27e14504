/** 会商 of an incident: read as it stands, and what this seat may do about it. */
import { useEffect, useState } from "preact/hooks";
import { read, session } from "./api.js";
import { touched } from "./live.js";

/** @typedef {import("../../types/incident.js").components["schemas"]["ConsultationView"]} Consultation */
/** @typedef {import("../../types/incident.js").components["schemas"]["IncidentDetails"]} Details */

const has = (/** @type {string[]} */ ...wanted) => session.value?.roles.some((role) => wanted.includes(role)) ?? false;
/** Whether this seat convenes and concludes. */
export const mayLead = () => has("duty_officer", "commander");
/** The department this seat speaks for, if it is one. */
export const ownDepartment = () => (has("department") ? (session.value?.department ?? "") : "");

/** @param {string} id @returns {Promise<{incident: Details, consultations: Consultation[]}>} */
async function look(id) {
  const incident = await read(`/incidents/${encodeURIComponent(id)}`);
  const consultations = await Promise.all(
    incident.consultations.map((/** @type {any} */ one) => read(`/consultations/${encodeURIComponent(one.consultation_id)}`)),
  );
  return { incident, consultations: consultations.reverse() };
}

/**
 * The consultations of an incident, the newest first; read anew when it changes or after a command of this seat.
 * @param {string} id
 */
export function useConsultations(id) {
  const [found, setFound] = useState(/** @type {{id: string, incident: Details, consultations: Consultation[]} | null} */ (null));
  const [problem, setProblem] = useState("");
  const [asked, setAsked] = useState(0);
  const mine = touched.value.key === id || touched.value.key === "" ? touched.value.count : 0;
  useEffect(() => {
    let gone = false;
    look(id)
      .then((told) => !gone && (setFound({ id, ...told }), setProblem("")))
      .catch((error) => !gone && setProblem(error.message));
    return () => {
      gone = true;
    };
  }, [id, mine, asked]);
  return { told: found?.id === id ? found : null, problem, again: () => setAsked((count) => count + 1) };
}

/**
 * What a department says now: its last opinion.
 * @param {Consultation} consultation
 * @param {string} department
 */
export function opinionOf(consultation, department) {
  return consultation.opinions.filter((one) => one.department === department).at(-1) ?? null;
}
