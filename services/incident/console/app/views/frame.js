/** What is around every view: seat and place, clock, drill banner, the bar of views, and what is open to whom. */
import { Fragment } from "preact";
import { useEffect } from "preact/hooks";
import { ended, logIn, logOut, session } from "../lib/api.js";
import { html } from "../lib/html.js";
import { clock, day, now, span } from "../lib/time.js";
import { onKey } from "../lib/keys.js";
import { helping } from "../lib/commands.js";
import { isDrill } from "../lib/drill.js";
import { pressMain, toFirstField } from "../lib/hands.js";
import { leave, newCall } from "../lib/intake.js";
import { lag, lagging } from "../lib/lag.js";
import { drafts, late, link, parked, rows, silence, warnings } from "../lib/live.js";
import { isDepartment } from "../lib/own.js";
import { onTheRoad } from "../lib/road.js";
import { go, route } from "../lib/route.js";
import { acknowledge } from "../lib/seen.js";
import { switchTheme } from "../lib/theme.js";
import { language, speak, t } from "../lib/words.js";
import { CommandLine } from "./command_line.js";
import { Consult } from "./consultation.js";
import { Dispatch } from "./dispatch.js";
import { Drill } from "./drill.js";
import { Help } from "./help.js";
import { Intake } from "./intake.js";
import { Ops } from "./ops.js";
import { Overdue } from "./overdue.js";
import { Own } from "./own.js";
import { Resources } from "./resources.js";
import { Road } from "./road.js";
import { Situation } from "./situation.js";
import { Wall } from "./wall.js";
import { Warnings } from "./warning.js";

const TAKERS = ["call_taker", "duty_officer"];
const mayTake = () => session.value?.roles.some((role) => TAKERS.includes(role)) ?? false;
/** The views there are, with the key of each; `only`: for whom, `keeps`: of the incident that is looked at. */
const VIEWS = [
  { name: "own", key: "Alt+g", view: Own, only: isDepartment },
  { name: "intake", key: "F2", view: Intake, only: mayTake },
  { name: "situation", key: "F3", view: Situation, keeps: true },
  { name: "dispatch", key: "F6", view: Dispatch, keeps: true },
  { name: "consultation", key: "Alt+h", view: Consult, keeps: true },
  { name: "warning", key: "F7", view: Warnings },
  { name: "resources", key: "F10", view: Resources },
  { name: "overdue", key: "Alt+d", view: Overdue },
  { name: "drill", key: "Alt+x", view: Drill, only: isDrill },
  { name: "ops", key: "Alt+y", view: Ops },
];

/** Of the incident that is looked at, where both views are of one; F3 once more looks at none. @param {string} name @param {boolean} [keeps] */
function turnTo(name, keeps) {
  const { view, id } = route.value;
  const away = name === "situation" && view === name;
  go(name, keeps && !away && OF_INCIDENT.includes(view) ? id : "");
}
const OF_INCIDENT = ["situation", "dispatch", "consultation"];

const views = () => VIEWS.filter(({ only }) => !only || only());
/** Where one begins. */
const first = () => (isDepartment() ? "own" : "situation");

function Tabs() {
  return html`<nav class="tabs">${views().map(
    ({ name, key, keeps }) => html`<button type="button" key=${name} class=${(route.value.view || first()) === name ? "chosen" : ""}
      aria-current=${(route.value.view || first()) === name ? "page" : null} onClick=${() => turnTo(name, keeps)}>${t(`console.view_${name}`)} <kbd>${key}</kbd></button>`,
  )}</nav>`;
}

/** What waits for somebody, in figures. */
function Counters() {
  const list = [...rows.value.values()];
  const counts = {
    waiting: [...drafts.value.values()].filter((draft) => !draft.incident_id).length + parked.value,
    unsent: list.filter((row) => row.status === "reported").length,
    handled: list.filter((row) => row.status !== "reported").length,
    late: late.value,
    unconfirmed: [...warnings.value.values()].filter((warning) => !(isDepartment() ? warning.confirmed : warning.acknowledged)).length,
  };
  return html`<span class="counters">${Object.entries(counts).map(
    ([name, count]) => html`<span key=${name} class=${name === "late" && count ? "late" : ""}>${t(`console.count_${name}`)} <b>${count}</b></span>`,
  )}</span>`;
}

function LagDot() {
  const state = lag.value;
  if (state === "unknown") return null;
  const shape = { ready: "●", degraded: "◐", not_ready: "▲", unreachable: "✖" }[state];
  return html`<span class=${`lag ${state}`} title=${lagging.value}>${shape} ${t(`console.lag_${state}`)}</span>`;
}

function LinkDot() {
  const state = link.value;
  if (state === "lost") return null;
  return html`<span class=${`link ${state}`}>${state === "live" ? "●" : "◐"} ${t(`console.link_${state}`)}</span>`;
}

function LinkBar() {
  if (link.value === "lost") {
    const { since, milliseconds } = silence.value;
    return html`<div class="lost" role="alert">${t("console.stale", { at: clock(since), age: span(milliseconds) })}</div>`;
  }
  if (link.value === "polling") return html`<div class="polling" role="status">${t("console.polling")}</div>`;
  return null;
}

function View() {
  const found = views().find(({ name }) => name === (route.value.view || first())) ?? views().find(({ name }) => name === first());
  return found ? html`<main class="view"><${found.view} /></main>` : null;
}

function Clock() {
  return html`<time class="clock">${day(now.value)} <b>${clock(now.value)}</b></time>`;
}

function Seat() {
  const who = session.value;
  if (!who) return null;
  const roles = who.roles.map((role) => t(`role.${role}`)).join("、");
  return html`<span class="seat"><b>${who.node_name}</b> ${t("console.who", { name: who.name, roles })}</span>`;
}

/** @param {{onHelp: () => void}} of */
function Switches({ onHelp }) {
  return html`<span class="switches">
    <button type="button" onClick=${() => speak(language.value === "zh" ? "en" : "zh")}>${t("console.language")}</button>
    <button type="button" aria-label=${t("console.help")} onClick=${onHelp}>?</button>
    <button type="button" onClick=${switchTheme}>${t("console.theme")}</button>
    ${session.value && html`<button type="button" onClick=${() => leave().then(logOut)}>${t("console.log_out")}</button>`}
  </span>`;
}

function DrillBanner() {
  if (session.value?.mode !== "exercise") return null;
  return html`<div class="drill" role="note">${t("console.drill")} <span>${session.value.drill_id}</span></div>`;
}

function Welcome() {
  return html`<main class="welcome">
    <h1>${t("console.welcome")}</h1>
    <button type="button" class="main" autofocus onClick=${logIn}>${t("console.log_in")}</button>
  </main>`;
}

function Over() {
  if (!ended.value) return null;
  return html`<div class="over" role="alertdialog" aria-live="assertive">
    <p>${t("console.session_over")}</p>
    <button type="button" class="main" onClick=${logIn}>${t("console.log_in")}</button>
  </div>`;
}

function Desk() {
  const drill = session.value?.mode === "exercise";
  const title = `${drill ? `【${t("console.drill")}】` : ""}${session.value?.node_name ?? ""} ${t("console.title")}`;
  useEffect(() => {
    document.title = title.trim();
  }, [title]);
  useEffect(() => {
    const ends = [...VIEWS.map(({ name, key, keeps }) => onKey(key, () => turnTo(name, keeps))), onKey("F8", acknowledge), onKey("Alt+b", () => go("wall")), onKey("i", toFirstField), onKey("Ctrl+Enter", pressMain), onKey("?", () => (helping.value = true))];
    ends.push(onKey("F2", () => mayTake() && newCall()));
    return () => ends.forEach((end) => end());
  }, []);
  return html`<${Fragment}>
    <${DrillBanner} />
    <header class="strip"><b class="mark">${t("console.title")}</b><${Seat} />${session.value && html`<${Counters} /><${LinkDot} /><${LagDot} />`}<${Clock} /><${Switches} onHelp=${() => (helping.value = true)} /></header>
    ${session.value ? html`<${LinkBar} /><${Tabs} /><${View} /><${CommandLine} />` : html`<${Welcome} />`}
    <${Over} />
    ${helping.value && html`<${Help} onClose=${() => (helping.value = false)} />`}
  </${Fragment}>`;
}

/** What this page is: a team leader's phone, a wall, or a seat at a desk. */
export function Frame() {
  const alone = onTheRoad() ? Road : session.value && route.value.view === "wall" ? Wall : null;
  return alone ? html`<${Fragment}><${DrillBanner} /><${alone} /><${Over} /></${Fragment}>` : html`<${Desk} />`;
}
