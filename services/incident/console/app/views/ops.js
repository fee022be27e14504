/** 运维: whether each service of the node is ready, and what lies aside waiting for somebody. */
import { useEffect, useState } from "preact/hooks";
import { call, read, Refused } from "../lib/api.js";
import { html } from "../lib/html.js";
import { readinessOf, stateOf } from "../lib/lag.js";
import { short } from "../lib/time.js";
import { language, t } from "../lib/words.js";

const SERVICES = { incident: "", dispatch: "/dispatch", resources: "/resources", notify: "/notify" };
const LOOK_MS = 5000;

/** @param {{name: string, root: string, look: number}} of */
function Service({ name, root, look }) {
  const [ready, setReady] = useState(/** @type {any} */ (undefined));
  useEffect(() => {
    readinessOf(root).then(setReady, () => setReady(null));
  }, [look]);
  const state = ready === undefined ? "loading" : stateOf(ready);
  const wrong = (ready?.checks ?? []).filter((/** @type {any} */ check) => !check.ok);
  return html`<li class=${`service ${state}`}><b>${t(`console.service_${name}`)}</b> <span class="state">${t(`console.${state}`)}</span>
    <ul>${wrong.map((/** @type {any} */ check) => html`<li key=${check.name}>${language.value === "zh" ? check.text : check.text_en} <span class="dim">${check.detail}</span></li>`)}</ul>
  </li>`;
}

/** @param {{name: string, root: string, letter: any, done: () => void}} of */
function Letter({ name, root, letter, done }) {
  const [whole, setWhole] = useState(/** @type {any} */ (null));
  const [told, setTold] = useState("");
  const retry = () =>
    call("POST", `${root}/dead-letters/${letter.id}/retry`).then(
      (outcome) => (setTold(outcome.resolved ? t("console.retried") : t("console.retry_failed", { reason: outcome.reason })), done()),
      (error) => setTold(error.message),
    );
  const look = () => read(`${root}/dead-letters/${letter.id}`).then(setWhole, (error) => setTold(error.message));
  return html`<li class="letter"><b>${t(`console.service_${name}`)}</b> <span>${letter.kind}</span> <span class="dim">${letter.topic} #${letter.record_offset}</span>
    <p>${letter.reason}</p>
    <button type="button" onClick=${look}>${t("console.look")}</button>
    <button type="button" onClick=${retry}>${t("console.try_again")}</button> <span role="status">${told}</span>
    ${whole && html`<pre>${JSON.stringify(whole, null, 1)}</pre>`}
  </li>`;
}

/** @param {{name: string, root: string, topic: any, done: () => void}} of */
function Paused({ name, root, topic, done }) {
  const [told, setTold] = useState("");
  const resume = (/** @type {boolean} */ park) =>
    call("POST", `${root}/consumer/topics/${topic.topic}/resume`, { park }).then(
      () => (setTold(t("console.resumed")), done()),
      (error) => setTold(error.message),
    );
  return html`<li class="letter"><b>${t(`console.service_${name}`)}</b> <span>${topic.topic}</span> <span class="dim">${short(topic.paused.paused_at)} ${topic.unread === null ? "" : t("console.unread", { count: topic.unread })}</span>
    <p>${topic.paused.reason}</p>
    <button type="button" onClick=${() => resume(false)}>${t("console.resume")}</button>
    <button type="button" onClick=${() => resume(true)}>${t("console.resume_park")}</button> <span role="status">${told}</span>
  </li>`;
}

export function Ops() {
  const [look, setLook] = useState(0);
  const [letters, setLetters] = useState(/** @type {any[] | null} */ (null));
  const [paused, setPaused] = useState(/** @type {any[] | null} */ (null));
  const [problem, setProblem] = useState("");
  const again = () => setLook((count) => count + 1);
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
    const held = Object.entries(SERVICES).map(async ([name, root]) => {
      const { topics } = await read(`${root}/consumer`);
      return topics.filter((/** @type {any} */ topic) => topic.paused).map((/** @type {any} */ topic) => ({ name, root, topic }));
    });
    Promise.all(held).then((found) => setPaused(found.flat()), () => undefined); // what is refused is said above
  }, [look]);
  return html`<div class="pad ops scroll" tabindex="0" aria-label=${t("console.view_ops")}>
    <ul class="services">${Object.entries(SERVICES).map(([name, root]) => html`<${Service} key=${name} name=${name} root=${root} look=${look} />`)}</ul>
    <h2>${t("console.paused_topics")}</h2>
    ${paused && !paused.length && html`<p class="empty">${t("console.empty_paused")}</p>`}
    <ul>${(paused ?? []).map((one) => html`<${Paused} key=${`${one.name}-${one.topic.topic}`} ...${one} done=${again} />`)}</ul>
    <h2>${t("console.dead_letters")}</h2>
    ${problem && html`<p class="refused" role="alert">${problem}</p>`}
    ${letters && !letters.length && html`<p class="empty">${t("console.empty_dead_letters")}</p>`}
    <ul>${(letters ?? []).map((one) => html`<${Letter} key=${`${one.name}-${one.letter.id}`} ...${one} done=${again} />`)}</ul>
  </div>`;
}
