/** How things stand on the map: colours with letters and shapes, so that nobody needs to tell colours apart. */

/** @typedef {import("./live.js").Team} Team */

export const GRADE_COLOURS = { catastrophic: "#d32f2f", major: "#ef6c00", significant: "#f9c80e", general: "#1e6fd9" };
export const LEVEL_COLOURS = { red: "#d32f2f", orange: "#ef6c00", yellow: "#f9c80e", blue: "#1e6fd9" };

/** @typedef {{letter: string, frame: string, fill: string}} TeamMark */
/**
 * A team's state: its letter key and how its mark is drawn (frame, fill).
 * @type {Record<string, TeamMark> & {idle: TeamMark}}
 */
export const TEAM_MARKS = {
  idle: { letter: "idle", frame: "#2e7d32", fill: "#ffffff" },
  issued: { letter: "issued", frame: "#0b4f8a", fill: "#9cd1ff" },
  acknowledged: { letter: "issued", frame: "#0b4f8a", fill: "#9cd1ff" },
  departed: { letter: "departed", frame: "#6b5600", fill: "#ffe066" },
  arrived: { letter: "arrived", frame: "#d32f2f", fill: "#ffffff" },
};

/**
 * Where a team is, as far as anybody knows: at the scene once it has arrived there, else where it is stationed.
 * @param {Team} team
 * @param {ReadonlyMap<string, {location: {lon: number, lat: number}}>} incidents
 */
export function whereTeamIs(team, incidents) {
  const scene = team.status === "arrived" && team.incident_id ? incidents.get(team.incident_id) : undefined;
  return scene ? scene.location : team.home;
}

/**
 * Marks that stand at the same place, spread in a ring so that each can be seen.
 * @param {number} number how many stand there already
 * @returns {[number, number]} to the right and down, in pixels
 */
export function aside(number) {
  if (!number) return [0, 0];
  const ring = Math.ceil(number / 8);
  const angle = ((number - 1) % 8) * (Math.PI / 4);
  return [Math.round(Math.cos(angle) * 20 * ring), Math.round(Math.sin(angle) * 20 * ring)];
}
