/**
 * A team leader's phone: the order, and steps that are kept on the phone until they are through. A tap in a tunnel is sent
 * when the line is back, once (its idempotency key goes with it), and says when it was tapped.
 */
import { computed, signal } from "@preact/signals";
import { call, doneBefore, read, session, unanswered } from "./api.js";
import { said } from "./forces.js";
import { clock, now, setNow } from "./time.js";
import { t } from "./words.js";

/** @typedef {import("../../types/dispatch.js").components["schemas"]["OwnOrdersView"]} Own */
/** @typedef {{order_id: string, step: string, body: Record<string, unknown>, key: string, at: number, waited?: boolean}} Tap `at` by the node's clock; `waited`: it did not get through at once */

const KEPT = "liandong_taps";
const ASK_MS = 4000;
/** @type {Record<string, string>} */
const RESULT = { acknowledge: "acknowledged", depart: "departed", arrive: "arrived", release: "released" };

/** Whether this session is nothing but a team's. */
export const onTheRoad = () => session.value?.roles.join() === "team";

/** @returns {Tap[]} */
function remembered() {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? "[]");
  } catch {
    return [];
  }
}

/** What was told last; null: nothing yet. */
export const own = signal(/** @type {Own | null} */ (null));
/** What was refused, in words. */
export const problem = signal("");
/** Taps that are not through yet. */
export const taps = signal(remembered());
/** Whether the last call came through. */
export const connected = signal(true);
/** When something was heard last. */
export const heardAt = signal(0);
const sending = signal(false);

/** Where the order stands, with what was tapped and is not through yet. */
export const status = computed(() => {
  const order = own.value?.order;
  if (!order) return "";
  const tapped = taps.value.filter((tap) => tap.order_id === order.order_id).at(-1);
  return tapped ? (RESULT[tapped.step] ?? order.status) : order.status;
});

/** @param {Tap[]} list */
function keep(list) {
  taps.value = list;
  localStorage.setItem(KEPT, JSON.stringify(list));
}

/** Send what waits, in the order of tapping. */
async function send() {
  if (sending.value) return;
  sending.value = true;
  try {
    for (let tap = taps.value[0]; tap; tap = taps.value[0]) {
      const body = tap.waited ? { ...tap.body, because: t("console.tapped_at", { at: clock(tap.at) }) } : tap.body;
      const path = `/dispatch/orders/${encodeURIComponent(tap.order_id)}/${tap.step}`;
      await call("POST", path, { ...body }, tap.key).then(
        () => (problem.value = ""),
        (error) => {
          if (unanswered(error)) throw error;
          problem.value = doneBefore(error) ? "" : said(error); // the order moved on without this phone
        },
      );
      keep(taps.value.slice(1));
    }
    await look();
  } catch {
    connected.value = false;
    keep(taps.value.map((tap) => ({ ...tap, waited: true })));
  } finally {
    sending.value = false;
  }
}

/** Ask how the order stands. */
export async function look() {
  const before = own.value?.order?.order_id;
  try {
    const told = /** @type {Own} */ (await read("/dispatch/orders/mine"));
    setNow(told.as_of);
    own.value = told;
    connected.value = true;
    heardAt.value = now.value;
    const order = own.value?.order?.order_id;
    if (order && order !== before) navigator.vibrate?.([400, 200, 400]);
  } catch (error) {
    if (unanswered(error)) connected.value = false;
    else problem.value = said(error);
  }
}

/** One tap: kept at once, sent as soon as it can be. @param {string} step @param {Record<string, unknown>} [body] */
export function tap(step, body = {}) {
  const order = own.value?.order;
  if (!order) return;
  problem.value = "";
  keep([...taps.value, { order_id: order.order_id, step, body, key: crypto.randomUUID(), at: now.value }]);
  void send();
}

/** The last step was a mistake. */
export async function undo() {
  const order = own.value?.order;
  if (!order) return;
  await call("POST", `/dispatch/orders/${encodeURIComponent(order.order_id)}/undo`, {}).then(
    () => (problem.value = ""),
    (error) => (problem.value = unanswered(error) ? t("console.not_sent") : said(error)),
  );
  await look();
}

/** Ask now, and every few seconds; at once when the phone has a line again or is looked at. */
export function followOrder() {
  const ask = () => void (taps.value.length ? send() : look());
  ask();
  setInterval(ask, ASK_MS);
  addEventListener("online", ask);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && ask());
}
