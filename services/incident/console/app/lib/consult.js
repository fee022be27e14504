/** 会商 of an incident: read as it stands, and what this seat may do about it. */
import { read, session } from "./api.js";
import { changesOf } from "./live.js";
import { useLooked } from "./look.js";

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
export const useConsultations = (id) => useLooked(id, () => look(id), [changesOf(id)]);

/**
 * What a department says now: its last opinion.
 * @param {Consultation} consultation
 * @param {string} department
 */
export function opinionOf(consultation, department) {
  return consultation.opinions.filter((one) => one.department === department).at(-1) ?? null;
}
