/** The command line: what can be typed in it, by Chinese name, pinyin initials or English word, and what it does. */
import { signal } from "@preact/signals";
import { call, logOut } from "./api.js";
import { leave, newCall } from "./intake.js";
import { rows } from "./live.js";
import { go } from "./route.js";
import { acknowledge } from "./seen.js";
import { switchTheme } from "./theme.js";
import { language, speak, t } from "./words.js";

/** Whether the sheet of keys is shown. */
export const helping = signal(false);

/** @typedef {import("./live.js").Row} Row */
/**
 * @typedef {object} Command
 * @property {string} name key of its words, `console.command_…`
 * @property {string[]} called how it may be typed
 * @property {boolean} [incident] whether an incident is named next
 * @property {string} [text] key of what is typed last, `console.argument_…`
 * @property {(found: {incident?: Row, text: string}) => unknown} run
 */

/** @type {Command[]} */
export const COMMANDS = [
  { name: "call", called: ["接警", "jj", "call"], text: "address", run: ({ text }) => newCall(text) },
  { name: "show", called: ["看", "k", "show"], incident: true, run: ({ incident }) => go("situation", incident?.incident_id ?? "") },
  { name: "dispatch", called: ["调派", "dp", "d", "dispatch"], incident: true, run: ({ incident }) => go("dispatch", incident?.incident_id ?? "") },
  { name: "consultation", called: ["会商", "hs", "consult"], incident: true, run: ({ incident }) => go("consultation", incident?.incident_id ?? "") },
  { name: "warning", called: ["预警", "yj", "w", "warning"], run: () => go("warning") },
  { name: "resources", called: ["资源", "zy", "resources"], run: () => go("resources") },
  { name: "note", called: ["记事", "js", "note"], incident: true, text: "note", run: ({ incident, text }) => call("POST", `/incidents/${incident?.incident_id}/notes`, { note: text }) },
  { name: "situation", called: ["态势", "ts", "board"], run: () => go("situation") },
  { name: "overdue", called: ["超时", "cs", "overdue"], run: () => go("overdue") },
  { name: "ops", called: ["运维", "yw", "ops"], run: () => go("ops") },
  { name: "acknowledge", called: ["确认", "qr", "ack"], run: acknowledge },
  { name: "help", called: ["帮助", "bz", "?", "help"], run: () => (helping.value = true) },
  { name: "theme", called: ["明暗", "ma", "theme"], run: switchTheme },
  { name: "language", called: ["语言", "yy", "english", "中文"], run: () => speak(language.value === "zh" ? "en" : "zh") },
  { name: "logout", called: ["退出", "tc", "logout"], run: () => leave().then(logOut) },
];

/** The number by which an incident is named: the end of its id, the same at every seat. @param {string} id */
export const numberOf = (id) => `#${id.slice(-6)}`;

/**
 * @typedef {object} Parsed
 * @property {Command | null} command
 * @property {Row | null} incident
 * @property {string} text
 * @property {string} wrong what is missing, as words; empty when it can be run
 * @property {{insert: string, words: string}[]} completions
 */

/** @param {string} typed @returns {Parsed} */
export function parse(typed) {
  const [, word = "", space = "", rest = ""] = /^\s*(\S*)(\s*)([\s\S]*)$/.exec(typed) ?? [];
  const lower = word.toLowerCase();
  const command = COMMANDS.find((one) => one.called.includes(lower)) ?? null;
  if (!command || !space) {
    const fits = COMMANDS.filter((one) => one.called.some((name) => name.startsWith(lower)));
    const completions = fits.map((one) => ({ insert: `${one.called[0]} `, words: `${one.called.join(" / ")} — ${t(`console.command_${one.name}`)}` }));
    const bare = command && !command.incident && (!command.text || command.name === "call");
    return { command, incident: null, text: "", wrong: bare ? "" : t(command ? "console.command_more" : "console.command_unknown", { word }), completions };
  }
  if (!command.incident) return { command, incident: null, text: rest.trim(), wrong: "", completions: [] };
  const [, number = "", more = ""] = /^(\S*)\s*([\s\S]*)$/.exec(rest) ?? [];
  const incident = [...rows.value.values()].find((row) => numberOf(row.incident_id) === number) ?? null;
  if (incident) {
    const text = more.trim();
    const wrong = command.text && !text ? t("console.command_more", { word }) : "";
    return { command, incident, text, wrong, completions: [] };
  }
  const wanted = rest.replace(/^#/, "").toLowerCase();
  const fits = [...rows.value.values()].filter((row) => `${row.incident_id.slice(-6)} ${row.title} ${row.location.address}`.toLowerCase().includes(wanted));
  const completions = fits.slice(0, 9).map((row) => ({ insert: `${word} ${numberOf(row.incident_id)} `, words: `${numberOf(row.incident_id)} ${row.title}` }));
  return { command, incident: null, text: "", wrong: t("console.command_which"), completions };
}
