/** The command line: what can be typed in it, by Chinese name, pinyin initials or English word, and what it does. */
import { signal } from "@preact/signals";
import { call, logOut, read } from "./api.js";
import { asked, CALLED } from "./deeds.js";
import { noteDown } from "./drill.js";
import { step } from "./forces.js";
import { leave, newCall } from "./intake.js";
import { readAll, rows, teams } from "./live.js";
import { go } from "./route.js";
import { acknowledge } from "./seen.js";
import { switchTheme } from "./theme.js";
import { language, speak, t } from "./words.js";

/** Whether the sheet of keys is shown. */
export const helping = signal(false);

/** @typedef {import("./live.js").Row} Row */
/** @typedef {import("./live.js").Team} Team */
/** @typedef {{incident?: Row, teams: Team[], choice: string, text: string}} Found what the words of a command name */
/**
 * @typedef {object} Command
 * @property {string} name key of its words, `console.command_…`
 * @property {string[]} called how it may be typed
 * @property {Part[]} [parts] what is named behind it, in this order
 * @property {boolean} [bare] whether it may stand alone though it has parts
 * @property {Record<string, string[]>} [choices] what a part "choice" may be, and how each may be typed
 * @property {(found: Found) => unknown} run
 */
/** @typedef {"incident" | "team" | "teams" | "choice" | "text"} Part */

/** 接令, 出动, 到场, 归队, as they are typed. */
const STEPS = {
  acknowledge: ["接令", "jl", "ack"],
  depart: ["出动", "cd", "depart"],
  arrive: ["到场", "dc", "arrive"],
  release: ["归队", "gd", "release"],
};

/** Send these teams; where others were recommended the order tells that a person named them here. @param {Found} found */
async function order({ incident, teams: chosen }) {
  const id = incident?.incident_id ?? "";
  const [newest] = await read(`/dispatch/recommendations?incident_id=${encodeURIComponent(id)}&limit=1`);
  const recommended = new Set((newest?.picks ?? []).map((/** @type {any} */ pick) => pick.team_id));
  const reason = newest && chosen.some((one) => !recommended.has(one.team_id)) ? t("console.by_command_line") : "";
  await call("POST", "/dispatch/orders", { incident_id: id, team_ids: chosen.map((one) => one.team_id), task: incident?.title, reason });
  go("dispatch", id);
}

/** The order that holds the team is asked for: what was ordered a moment ago may not have reached this page. @param {Found} found */
async function move({ teams: [team], choice }) {
  const live = await readAll("/dispatch/orders?live=true", (one) => one.order_id);
  const order = live.find((one) => one.team_id === team?.team_id);
  if (!order) throw new Error(t("console.team_holds_no_order", { team: team?.name ?? "" }));
  await step(order, choice, choice === "release" ? { cause: "completed" } : {});
}

/** Open a deed where it stands, to be filled in. @param {Found} found */
function ask({ incident, choice }) {
  go("situation", incident?.incident_id ?? "");
  asked.value = { incident: incident?.incident_id ?? "", deed: choice, count: asked.value.count + 1 };
}

/** @type {Command[]} */
export const COMMANDS = [
  { name: "call", called: ["接警", "jj", "call"], parts: ["text"], bare: true, run: ({ text }) => newCall(text) },
  { name: "show", called: ["看", "k", "show"], parts: ["incident"], run: ({ incident }) => go("situation", incident?.incident_id ?? "") },
  { name: "dispatch", called: ["调派", "dp", "dispatch"], parts: ["incident"], run: ({ incident }) => go("dispatch", incident?.incident_id ?? "") },
  { name: "order", called: ["派", "d"], parts: ["incident", "teams"], run: order },
  { name: "step", called: ["状态", "s", "zt", "status"], parts: ["team", "choice"], choices: STEPS, run: move },
  { name: "note", called: ["记事", "n", "js", "note"], parts: ["incident", "text"], run: ({ incident, text }) => call("POST", `/incidents/${incident?.incident_id}/notes`, { note: text }) },
  { name: "deed", called: ["办", "a", "do"], parts: ["incident", "choice"], choices: CALLED, run: ask },
  { name: "consultation", called: ["会商", "hs", "consult"], parts: ["incident"], run: ({ incident }) => go("consultation", incident?.incident_id ?? "") },
  { name: "warning", called: ["预警", "yj", "w", "warning"], run: () => go("warning") },
  { name: "resources", called: ["资源", "zy", "resources"], run: () => go("resources") },
  { name: "drill", called: ["演练", "yl", "drill"], run: () => go("drill") },
  { name: "observe", called: ["观察", "gc", "observe"], parts: ["text"], run: ({ text }) => noteDown(text) },
  { name: "wall", called: ["大屏", "wall"], run: () => go("wall") },
  { name: "own", called: ["本部门", "bbm", "own"], run: () => go("own") },
  { name: "situation", called: ["态势", "ts", "board"], run: () => go("situation") },
  { name: "overdue", called: ["超时", "cs", "overdue"], run: () => go("overdue") },
  { name: "ops", called: ["运维", "yw", "ops"], run: () => go("ops") },
  { name: "acknowledge", called: ["确认", "qr", "ack"], run: acknowledge },
  { name: "help", called: ["帮助", "bz", "?", "help"], run: () => (helping.value = true) },
  { name: "theme", called: ["明暗", "ma", "theme"], run: switchTheme },
  { name: "language", called: ["语言", "yy", "english", "中文"], run: () => speak(language.value === "zh" ? "en" : "zh") },
  { name: "logout", called: ["退出", "tc", "logout"], run: () => leave().then(logOut) },
];

/** @typedef {{insert: string, words: string}} Completion what one more word may be, and what it means */
/**
 * @typedef {object} Parsed
 * @property {Command | null} command
 * @property {Found} found
 * @property {string} wrong what is missing, as words; empty when it can be run
 * @property {Completion[]} completions whole lines
 */

/** @param {Row} row */
const wordsOfIncident = (row) => `${row.number} #${row.incident_id.slice(-6)} ${row.title} ${row.location.address ?? ""}`;
/** @param {Team} team */
const wordsOfTeam = (team) => `${team.call_sign} ${team.name} ${team.team_id}`;

/**
 * Those that a word names: by their number, call sign or id exactly, else whatever holds the word.
 * @template T
 * @param {T[]} all
 * @param {string} typed
 * @param {(one: T) => string[]} exact
 * @param {(one: T) => string} words
 */
function named(all, typed, exact, words) {
  const word = typed.toLowerCase();
  const same = all.filter((one) => exact(one).some((name) => name && name.toLowerCase() === word));
  return same.length ? { only: same.length === 1 ? (same[0] ?? null) : null, fits: same } : { only: null, fits: all.filter((one) => words(one).toLowerCase().includes(word)) };
}

/** @param {string} word */
const incidentBy = (word) => named([...rows.value.values()], word, (row) => [String(row.number), `#${row.incident_id.slice(-6)}`, row.incident_id.slice(-6)], wordsOfIncident);
/**
 * A team by its call sign, whatever it does; of those that a word only hints at, the busy or the idle ones.
 * @param {string} word
 * @param {boolean} busy
 */
function teamBy(word, busy) {
  const { only, fits } = named([...teams.value.values()], word, (team) => [team.call_sign, team.team_id], wordsOfTeam);
  return { only, fits: fits.filter((team) => busy === Boolean(team.order_id)) };
}

/** @param {string} head what is typed before the word @param {Row[]} fits */
function incidentLines(head, fits) {
  const name = (/** @type {Row} */ row) => (fits.some((one) => one !== row && one.number === row.number) ? `#${row.incident_id.slice(-6)}` : String(row.number));
  return fits.map((row) => ({ insert: `${head}${name(row)} `, words: `${name(row)} · ${row.title}` }));
}
/** @param {string} head @param {Team[]} fits */
const teamLines = (head, fits) =>
  fits.map((team) => ({ insert: `${head}${team.call_sign || team.team_id} `, words: `${team.call_sign || team.team_id} · ${team.name} · ${t(`console.team_${team.status}`)}` }));

/** What each part takes of the rest of the line: a value and what is left, or what it may be. */
/** @type {Record<Part, (rest: string, head: string, found: Found, command: Command) => {rest: string, head: string} | {wrong: string, completions: Completion[]}>} */
const TAKE = {
  incident(rest, head, found) {
    const [word, left] = split(rest);
    const { only, fits } = incidentBy(word);
    if (!only || !rest) return { wrong: t("console.command_which"), completions: incidentLines(head, fits) };
    found.incident = only;
    return { rest: left, head: `${head}${word} ` };
  },
  team(rest, head, found) {
    const [word, left] = split(rest);
    const { only, fits } = teamBy(word, true);
    if (!only || !rest) return { wrong: t("console.command_which_team"), completions: teamLines(head, fits) };
    found.teams = [only];
    return { rest: left, head: `${head}${word} ` };
  },
  teams(rest, head, found) {
    let [left, so] = [rest, head];
    while (left) {
      const [word, more] = split(left);
      const { only, fits } = teamBy(word, false);
      const fresh = fits.filter((team) => !found.teams.includes(team));
      if (!only) return { wrong: t("console.command_which_team"), completions: teamLines(so, fresh) };
      if (!found.teams.includes(only)) found.teams.push(only);
      [left, so] = [more, `${so}${word} `];
    }
    if (!found.teams.length) return { wrong: t("console.command_which_team"), completions: teamLines(so, teamBy("", false).fits) };
    return { rest: "", head: so };
  },
  choice(rest, head, found, command) {
    const choices = Object.entries(command.choices ?? {});
    const word = rest.trim().toLowerCase();
    const chosen = choices.find(([, called]) => called.includes(word));
    const fits = choices.filter(([, called]) => called.some((name) => name.startsWith(word)));
    if (!chosen) return { wrong: t("console.command_which_step"), completions: fits.map(([, called]) => ({ insert: `${head}${called[0]}`, words: called.join(" / ") })) };
    found.choice = chosen[0];
    return { rest: "", head: `${head}${word}` };
  },
  text(rest, head, found, command) {
    found.text = rest.trim();
    if (!found.text && !command.bare) return { wrong: t("console.command_more", { word: head.trim() }), completions: [] };
    return { rest: "", head };
  },
};

/** The first word, and what comes behind it. @param {string} line @returns {[string, string]} */
function split(line) {
  const [, word = "", rest = ""] = /^\s*(\S*)\s*([\s\S]*)$/.exec(line) ?? [];
  return [word, rest];
}

/** @param {string} typed @returns {Parsed} */
export function parse(typed) {
  const [, word = "", space = "", rest = ""] = /^\s*(\S*)(\s*)([\s\S]*)$/.exec(typed) ?? [];
  const lower = word.toLowerCase();
  const command = COMMANDS.find((one) => one.called.includes(lower)) ?? null;
  const found = /** @type {Found} */ ({ teams: [], choice: "", text: "" });
  if (!command || !space) {
    const fits = COMMANDS.filter((one) => one.called.some((name) => name.startsWith(lower)));
    const completions = fits.map((one) => ({ insert: `${one.called[0]} `, words: `${one.called.join(" / ")} — ${t(`console.command_${one.name}`)}` }));
    const alone = command && (!command.parts || command.bare);
    return { command, found, wrong: alone ? "" : t(command ? "console.command_more" : "console.command_unknown", { word }), completions };
  }
  let left = { rest, head: `${word} ` };
  for (const part of command.parts ?? []) {
    const took = TAKE[part](left.rest, left.head, found, command);
    if ("wrong" in took) return { command, found, wrong: took.wrong, completions: took.completions.slice(0, 9) };
    left = took;
  }
  return { command, found, wrong: "", completions: [] };
}
