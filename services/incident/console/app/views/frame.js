/** What is around every view: seat and place, clock, drill banner, the bar of views, and what is open to whom. */
import { Fragment } from "preact";
import { useEffect } from "preact/hooks";
import { ended, logIn, logOut, session } from "../lib/api.js";
import { html } from "../lib/html.js";
import { clock, day, now } from "../lib/time.js";
import { switchTheme } from "../lib/theme.js";
import { language, speak, t } from "../lib/words.js";

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
  return html`<${Fragment}>
    <${DrillBanner} />
    <header class="strip"><b class="mark">${t("console.title")}</b><${Seat} /><${Clock} /><${Switches} /></header>
    ${session.value ? html`<main class="view"></main>` : html`<${Welcome} />`}
    <${Over} />
  </${Fragment}>`;
}
