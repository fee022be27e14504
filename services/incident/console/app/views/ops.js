/** 运维: whether each service of the node is ready, and what lies aside waiting for somebody. */
import { useEffect, useState } from "preact/hooks";
import { call, read, Refused } from "../lib/api.js";
import { html } from "../lib/html.js";
import { language, t } from "../lib/words.js";

const SERVICES = { incident: "", dispatch: "/dispatch", resources: "/resources", notify: "/notify" };
const LOOK_MS = 5000;

/** @param {string} root */
async function readinessOf(root) {
  const answer = await fetch(`${root}/health/ready`);
  const told = await answer.json().catch(() => ({}));
  return "ready" in told ? told : null;
}

/** @param {{name: string, root: string, look: number}} of */
function Service({ name, root, look }) {
  const [ready, setReady] = useState(/** @type {any} */ (undefined));
  useEffect(() => {
    readinessOf(root).then(setReady, () => setReady(null));
  }, [look]);
  const state = ready === undefined ? "loading" : ready === null ? "unreachable" : !ready.ready ? "not_ready" : ready.degraded ? "degraded" : "ready";
  const wrong = (ready?.checks ?? []).filter((/** @type {any} */ check) => !check.ok);
  return html`<li class=${`service ${state}`}><b>${name}</b> <span class="state">${t(`console.${state}`)}</span>
    <ul>${wrong.map((/** @type {any} */ check) => html`<li key=${check.name}>${language.value === "zh" ? check.text : check.text_en} <span class="dim">${check.detail}</span></li>`)}</ul>
  </li>`;
}

/** @param {{name: string, root: string, letter: any, done: () => void}} of */
function Letter({ name, root, letter, done }) {
  const [whole, setWhole] = useState(/** @type {any} */ (null));
  const [told, setTold] = useState("");
  const retry = () =>
    call("POST", `${root}/dead-letters/${letter.id}/retry`).then(
      () => (setTold(t("console.retried")), done()),
      (error) => setTold(error.message),
    );
  const look = () => read(`${root}/dead-letters/${letter.id}`).then(setWhole, (error) => setTold(error.message));
  return html`<li class="letter"><b>${name}</b> <span>${letter.kind}</span> <span class="dim">${letter.topic} #${letter.offset}</span>
    <p>${letter.reason}</p>
    <button type="button" onClick=${look}>${t("console.look")}</button>
    <button type="button" onClick=${retry}>${t("console.try_again")}</button> <span role="status">${told}</span>
    ${whole && html`<pre>${JSON.stringify(whole, null, 1)}</pre>`}
  </li>`;
}

export function Ops() {
  const [look, setLook] = useState(0);
  const [letters, setLetters] = useState(/** @type {any[] | null} */ (null));
  const [problem, setProblem] = useState("");
  useEffect(() => {
    const timer = setInterval(() => setLook((count) => count + 1), LOOK_MS);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => {
    const asked = Object.entries(SERVICES).map(async ([name, root]) => {
      const found = await read(`${root}/dead-letters`);
      return found.map((/** @type {any} */ letter) => ({ name, root, letter }));
    });
    Promise.all(asked).then(
      (found) => (setLetters(found.flat()), setProblem("")),
      (error) => setProblem(error instanceof Refused ? t("console.refused", { detail: error.message }) : t("console.failed", { detail: error.message })),
    );
  }, [look]);
  return html`<div class="pad ops scroll" tabindex="0" aria-label=${t("console.view_ops")}>
    <ul class="services">${Object.entries(SERVICES).map(([name, root]) => html`<${Service} key=${name} name=${name} root=${root} look=${look} />`)}</ul>
    <h2>${t("console.dead_letters")}</h2>
    ${problem && html`<p class="refused" role="alert">${problem}</p>`}
    ${letters && !letters.length && html`<p class="empty">${t("console.empty_dead_letters")}</p>`}
    <ul>${(letters ?? []).map((one) => html`<${Letter} key=${`${one.name}-${one.letter.id}`} ...${one} done=${() => setLook((count) => count + 1)} />`)}</ul>
  </div>`;
}
