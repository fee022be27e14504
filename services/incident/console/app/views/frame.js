/** What is around every view: seat and place, clock, drill banner, the bar of views, and what is open to whom. */
import { Fragment } from "preact";
import { useEffect } from "preact/hooks";
import { ended, logIn, logOut, session } from "../lib/api.js";
import { html } from "../lib/html.js";
import { clock, day, now, span } from "../lib/time.js";
import { onKey } from "../lib/keys.js";
import { link, rows, silence } from "../lib/live.js";
import { go, route } from "../lib/route.js";
import { acknowledge } from "../lib/seen.js";
import { switchTheme } from "../lib/theme.js";
import { language, speak, t } from "../lib/words.js";
import { Ops } from "./ops.js";
import { Overdue } from "./overdue.js";
import { Situation } from "./situation.js";

/** The views there are, with the key of each. */
const VIEWS = [
  { name: "situation", key: "F3", view: Situation },
  { name: "overdue", key: "Alt+d", view: Overdue },
  { name: "ops", key: "Alt+y", view: Ops },
];

function Tabs() {
  return html`<nav class="tabs">${VIEWS.map(
    ({ name, key }) => html`<button type="button" key=${name} class=${route.value.view === name ? "chosen" : ""}
      aria-current=${route.value.view === name ? "page" : null} onClick=${() => go(name)}>${t(`console.view_${name}`)} <kbd>${key}</kbd></button>`,
  )}</nav>`;
}

function Counters() {
  const list = [...rows.value.values()];
  const count = (/** @type {string} */ status) => list.filter((row) => row.status === status).length;
  const late = list.reduce((sum, row) => sum + (row.reports_late ?? 0), 0);
  return html`<span class="counters">
    ${["reported", "responding", "controlled"].map((status) => html`<span key=${status}>${t(`console.count_${status}`)} <b>${count(status)}</b></span>`)}
    <span class=${late ? "late" : ""}>${t("console.count_late")} <b>${late}</b></span>
  </span>`;
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
  const found = VIEWS.find(({ name }) => name === route.value.view) ?? VIEWS[0];
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

function Switches() {
  return html`<span class="switches">
    <button type="button" onClick=${() => speak(language.value === "zh" ? "en" : "zh")}>${t("console.language")}</button>
    <button type="button" onClick=${switchTheme}>${t("console.theme")}</button>
    ${session.value && html`<button type="button" onClick=${logOut}>${t("console.log_out")}</button>`}
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

export function Frame() {
  const drill = session.value?.mode === "exercise";
  const title = `${drill ? `【${t("console.drill")}】` : ""}${session.value?.node_name ?? ""} ${t("console.title")}`;
  useEffect(() => {
    document.title = title.trim();
  }, [title]);
  useEffect(() => {
    const ends = [...VIEWS.map(({ name, key }) => onKey(key, () => go(name))), onKey("F8", acknowledge)];
    return () => ends.forEach((end) => end());
  }, []);
  return html`<${Fragment}>
    <${DrillBanner} />
    <header class="strip"><b class="mark">${t("console.title")}</b><${Seat} />${session.value && html`<${Counters} /><${LinkDot} />`}<${Clock} /><${Switches} /></header>
    ${session.value ? html`<${LinkBar} /><${Tabs} /><${View} />` : html`<${Welcome} />`}
    <${Over} />
  </${Fragment}>`;
}
