/** What a person does with an incident itself, from 续报 to 结束: by whom, with what, and what a 409 says of others. */
import { signal } from "@preact/signals";
import { call, read, Refused, session } from "./api.js";
import { said } from "./forces.js";
import { OVER, rows } from "./live.js";
import { short } from "./time.js";
import { language, t } from "./words.js";

/** @typedef {import("../../types/incident.js").components["schemas"]["IncidentDetails"]} Details */
/** @typedef {import("../../types/incident.js").components["schemas"]["ResponseProposal"]} Proposal */
/** @typedef {import("../../types/incident.js").components["schemas"]["ReportSummary"]} Report */
/** @typedef {import("../views/act.js").Field} Field */
/**
 * @typedef {object} Deed
 * @property {string} name
 * @property {Field[]} fields
 * @property {string} path
 * @property {(values: Record<string, any>) => object} body
 * @property {boolean} [versioned] given on the version that was looked at
 */

const has = (/** @type {string[]} */ ...wanted) => session.value?.roles.some((role) => wanted.includes(role)) ?? false;
const mayTell = () => has("call_taker", "dispatcher", "duty_officer", "commander");
export const mayLeadIncident = () => has("duty_officer", "commander");
const CASUALTIES = ["deaths", "missing", "serious_injuries", "trapped"];
const GRADES = ["general", "significant", "major", "catastrophic"];
const LEVELS = ["IV", "III", "II", "I"];

/** Which deed somebody asked for at the command line, to be opened where it stands. */
export const asked = signal({ incident: "", deed: "", count: 0 });
/** How each may be typed. @type {Record<string, string[]>} */
export const CALLED = {
  update: ["续报", "xb", "update"],
  command: ["接管", "jg", "command"],
  grade: ["定级", "dj", "grade"],
  alarm: ["升警", "sj", "alarm"],
  response: ["响应", "xy", "response"],
  response_end: ["终止响应", "zz", "endresponse"],
  controlled: ["已控制", "kz", "controlled"],
  close: ["结束", "jieshu", "close"],
  merge: ["合并", "hb", "merge"],
  unmerge: ["撤销合并", "cxhb", "unmerge"],
  split: ["拆分", "cf", "split"],
  link: ["关联", "gl", "link"],
  unlink: ["取消关联", "qxgl", "unlink"],
};

const reason = () => ({ name: "reason", label: t("console.reason") });
const statement = () => ({ name: "statement", label: t("console.statement"), optional: true });
/** @param {string[]} list @param {(one: string) => string} words @returns {[string, string][]} */
const options = (list, words) => list.map((one) => [one, words(one)]);

/** @param {Record<string, any>} values */
function updated({ source, statement: said_, ...counts }) {
  return { facts: Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== "")), source, statement: said_ };
}

/**
 * What this seat may do now. The service has the last word, and says it.
 * @param {Details} incident
 * @param {Proposal | null} proposal
 * @param {Report[]} reports those that count at it
 * @returns {Deed[]}
 */
export function deedsOf(incident, proposal, reports) {
  const node = session.value?.node;
  const commands = incident.command.jurisdiction === node;
  const over = OVER.has(incident.status);
  const response = incident.responses.find((one) => one.jurisdiction === node && !one.ended_at);
  const out = incident.teams_out.length > 0;
  const outcome = { name: "outcome", label: t("console.outcome"), options: options(["ended", "false_report"], (one) => t(`console.outcome_${one}`)) };
  const stay = { name: "teams_stay_out", label: t("console.teams_stay_out", { count: incident.teams_out.length }), kind: /** @type {const} */ ("check") };
  const counts = CASUALTIES.map((name) => ({ name, label: t(`fact.${name}`), kind: /** @type {const} */ ("number"), optional: true }));
  const offered = (proposal?.measures ?? []).map((one) => /** @type {[string, string]} */ ([one.text, one.text]));
  const respond = [
    { name: "level", label: t("console.response_level"), options: options(LEVELS, (one) => t("console.response_of", { level: one })), initial: proposal?.level ?? "IV" },
    { name: "matter", label: t("console.matter"), initial: incident.title },
    { name: "expected_duration_hours", label: t("console.hours"), kind: /** @type {const} */ ("number"), initial: proposal?.expected_duration_hours ?? 4 },
    { name: "measures", label: t("console.measures"), kind: /** @type {const} */ ("checks"), options: offered },
  ];
  const plain = (/** @type {Record<string, any>} */ values) => values;
  /** @type {(Deed & {when: boolean})[]} */
  const all = [
    { name: "update", when: mayTell() && !over, path: "updates", fields: [...counts, { name: "source", label: t("console.source") }, statement()], body: updated, versioned: true },
    { name: "command", when: mayLeadIncident() && !commands && !over, path: "command", fields: [{ name: "commander", label: t("console.commander") }], body: plain, versioned: true },
    { name: "grade", when: mayLeadIncident() && commands && !over, path: "grade", fields: [{ name: "grade", label: t("console.grade"), options: options(GRADES, (one) => t(`console.grade_${one}`)), initial: incident.grade }, reason()], body: plain, versioned: true },
    { name: "alarm", when: mayLeadIncident() && commands && !over && Boolean(incident.alarm_level), path: "alarm", fields: [reason()], body: plain, versioned: true },
    { name: "response", when: mayLeadIncident() && !over && !response, path: "response", fields: respond, body: plain },
    { name: "response_end", when: mayLeadIncident() && Boolean(response), path: "response/end", fields: [reason()], body: plain },
    { name: "controlled", when: mayLeadIncident() && ["reported", "responding"].includes(incident.status), path: "controlled", fields: [statement()], body: plain, versioned: true },
    { name: "close", when: mayLeadIncident() && !over, path: "close", fields: [outcome, statement(), ...(out ? [stay] : [])], body: plain, versioned: true },
  ];
  return [...all, ...relating(incident, reports)].filter((deed) => deed.when);
}

/**
 * 合并、拆分、关联: which other incidents come into question, the nearest first.
 * @param {Details} incident
 * @param {Report[]} reports
 * @returns {(Deed & {when: boolean})[]}
 */
function relating(incident, reports) {
  const node = session.value?.node;
  const ours = incident.jurisdiction === node;
  const merged = incident.status === "merged";
  const over = OVER.has(incident.status);
  const near = [...rows.value.values()].filter((row) => row.incident_id !== incident.incident_id).sort((one, other) => apart(incident, one) - apart(incident, other));
  const earlier = near.filter((row) => row.jurisdiction === node && row.reported_at < incident.reported_at);
  const later = reports.filter((one) => one.reported_at !== incident.reported_at && one.last_step?.reason !== "merged");
  const kinds = { name: "kind", label: t("console.link_kind"), options: options(["caused_by", "part_of"], (one) => t(`console.link_${one}`)) };
  const links = incident.related.filter((one) => !one.reverse && ["caused_by", "part_of"].includes(one.kind));
  const linked = links.map((one) => /** @type {[string, string]} */ ([`${one.kind} ${one.incident_id}`, `${t(`console.link_${one.kind}`)} ${one.title || one.incident_id}`]));
  const stay = { name: "teams_stay_out", label: t("console.teams_stay_out", { count: incident.teams_out.length }), kind: /** @type {const} */ ("check") };
  const told = later.map((one) => /** @type {[string, string]} */ ([one.report_id, `${short(one.reported_at)} ${t(`console.channel_${one.channel}`)} ${one.title}`]));
  const plain = (/** @type {Record<string, any>} */ values) => values;
  const mayMerge = mayLeadIncident() && ours;
  return [
    { name: "merge", when: mayMerge && !over && earlier.length > 0, path: "merge", fields: [{ name: "into", label: t("console.merge_into"), options: chosenFrom(earlier) }, reason(), ...(incident.teams_out.length ? [stay] : [])], body: plain, versioned: true },
    { name: "unmerge", when: mayMerge && merged, path: "unmerge", fields: [reason()], body: plain, versioned: true },
    { name: "split", when: mayMerge && !merged && later.length > 0, path: "split", fields: [{ name: "reports", label: t("console.split_reports"), kind: "checks", options: told }, reason()], body: plain, versioned: true },
    { name: "link", when: mayTell() && near.length > 0, path: "link", fields: [kinds, { name: "other", label: t("console.link_other"), options: chosenFrom(near) }, reason()], body: plain, versioned: true },
    { name: "unlink", when: mayTell() && links.length > 0, path: "unlink", fields: [{ name: "link", label: t("console.link_kind"), options: linked }, reason()], body: unlinked, versioned: true },
  ];
}

/** @param {Record<string, any>} values */
function unlinked({ link, reason: why }) {
  const [kind, other] = String(link).split(" ");
  return { kind, other, reason: why };
}

/** @param {import("./live.js").Row[]} list @returns {[string, string][]} */
const chosenFrom = (list) => list.slice(0, 50).map((row) => [row.incident_id, `${row.number} · ${row.title} · ${row.location.address ?? ""}`]);

/** How far apart two places are, good enough to sort by. @param {Details} one @param {import("./live.js").Row} other */
function apart({ location: one }, { location: other }) {
  return Math.hypot((one.lon - other.lon) * Math.cos((one.lat * Math.PI) / 180), one.lat - other.lat);
}

/**
 * Do it; where somebody else changed the incident in between, say who and what, so that it can be done again knowingly.
 * @param {Details} incident as it was looked at
 * @param {Deed} deed
 * @param {Record<string, any>} values
 * @param {string} since when it was looked at
 */
export async function doIt(incident, deed, values, since) {
  const version = deed.versioned ? { version: incident.version } : {};
  const path = `/incidents/${encodeURIComponent(incident.incident_id)}/${deed.path}`;
  try {
    await call("POST", path, { ...deed.body(values), ...version });
  } catch (problem) {
    if (!(problem instanceof Refused) || problem.problem.type !== STALE) throw problem;
    throw new Error(`${said(problem)} ${await changesSince(incident.incident_id, since)}`, { cause: problem });
  }
}

const STALE = "urn:liandong:problem:stale_version";

/** Who has written what about an incident since a moment, in words. @param {string} id @param {string} since */
export async function changesSince(id, since) {
  const lines = [];
  for (let after = 0; ; ) {
    const page = await read(`/incidents/${encodeURIComponent(id)}/timeline?limit=200&after=${after}`);
    lines.push(...page);
    if (page.length < 200) break;
    after = page.at(-1).entry_id;
  }
  const fresh = lines.filter((line) => Date.parse(line.entered_at) >= Date.parse(since));
  const told = fresh.map((line) => `${line.actor} ${short(line.entered_at)} ${language.value === "zh" ? line.summary : line.summary_en}`);
  return told.length ? t("console.changed_meanwhile", { changes: told.join("；") }) : "";
}
