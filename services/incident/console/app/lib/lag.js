/** Whether what comes in goes through: the readiness of this node's own service, looked at every few seconds. */
import { signal } from "@preact/signals";
import { session } from "./api.js";
import { language } from "./words.js";

const LOOK_MS = 5000;
/** A service that says nothing for so long can't be reached, as far as anybody at the screen is concerned. */
const PATIENCE_MS = 4000;

export const lag = signal(/** @type {"unknown" | "ready" | "degraded" | "not_ready" | "unreachable"} */ ("unknown"));
/** What is not as it should be, in words. */
export const lagging = signal("");

/** @param {string} root "" for the incident service, else "/dispatch" … */
export async function readinessOf(root) {
  const answer = await fetch(`${root}/health/ready`, { signal: AbortSignal.timeout(PATIENCE_MS) });
  const told = await answer.json().catch(() => ({}));
  return "ready" in told ? told : null;
}

/** @param {any} ready @returns {"ready" | "degraded" | "not_ready" | "unreachable"} */
export function stateOf(ready) {
  if (!ready) return "unreachable";
  if (!ready.ready) return "not_ready";
  return ready.degraded ? "degraded" : "ready";
}

async function look() {
  if (!session.value) return;
  const ready = await readinessOf("").catch(() => null);
  lag.value = stateOf(ready);
  const wrong = (ready?.checks ?? []).filter((/** @type {any} */ check) => !check.ok);
  lagging.value = wrong.map((/** @type {any} */ check) => `${language.value === "zh" ? check.text : check.text_en} ${check.detail}`).join("；");
}

setInterval(() => void look(), LOOK_MS);
setTimeout(() => void look(), 1000);
