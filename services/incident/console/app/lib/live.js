/**
 * Live data: the board as a snapshot with a revision, then what changes. One paint per frame, nothing shown as fresh that
 * is not: when nothing was heard for 8 s the line counts as lost, and the ages go on counting.
 */
import { computed, signal } from "@preact/signals";
import { read, session, whoAmI } from "./api.js";
import { now, setNow } from "./time.js";

/** @typedef {import("../../types/incident.js").components["schemas"]["BoardRow"]} Row */
/** @typedef {"live" | "polling" | "lost"} Link */

const SILENCE_MS = 8000;
const POLL_MS = 3000;
const OVER = new Set(["closed", "false_report"]);

/** The open incidents by id. */
export const rows = signal(/** @type {ReadonlyMap<string, Row>} */ (new Map()));
/** Whether the board has been read at all, or why it could not be. */
export const loaded = signal(/** @type {"no" | "yes" | string} */ ("no"));
/** Incidents that changed, for whoever shows one: its id and a number that grows. */
export const touched = signal({ key: "", count: 0 });

/** By the machine's clock: a drill's may jump. */
const heardAt = signal(Date.now());
const ticking = signal(Date.now());
setInterval(() => {
  ticking.value = Date.now();
}, 1000);
const streaming = signal(true);

/** How the page hears of changes. */
export const link = computed(
  /** @returns {Link} */ () => (ticking.value - heardAt.value > SILENCE_MS ? "lost" : streaming.value ? "live" : "polling"),
);
/** For how long nothing was heard, and when by the node's clock something was last. */
export const silence = computed(() => {
  const milliseconds = ticking.value - heardAt.value;
  return { milliseconds, since: now.value - milliseconds };
});

/** @type {Map<string, Row | null>} */
const arrived = new Map();
let painting = false;
let revision = "";
/** @type {EventSource | null} */
let source = null;

function paint() {
  painting = false;
  const next = new Map(rows.value);
  for (const [key, row] of arrived) {
    const known = next.get(key);
    if (!row || OVER.has(row.status)) next.delete(key);
    else if (!known || row.version >= known.version) next.set(key, row);
    touched.value = { key, count: touched.value.count + 1 };
  }
  arrived.clear();
  rows.value = next;
}

function heard() {
  heardAt.value = Date.now();
}

/** Read the board anew. */
export async function refresh() {
  try {
    const board = await read("/board");
    revision = board.revision;
    rows.value = new Map(board.rows.map((/** @type {Row} */ row) => [row.incident_id, row]));
    touched.value = { key: "", count: touched.value.count + 1 };
    loaded.value = "yes";
    heard();
  } catch (problem) {
    if (loaded.value !== "yes") loaded.value = problem instanceof Error ? problem.message : String(problem);
  }
}

function listen() {
  source?.close();
  source = new EventSource(`/stream?since=${encodeURIComponent(revision)}`);
  source.addEventListener("beat", (event) => {
    heard();
    setNow(JSON.parse(event.data).now);
  });
  source.addEventListener("feed", (event) => {
    heard();
    streaming.value = JSON.parse(event.data).live;
  });
  source.addEventListener("reset", () => {
    heard();
    void refresh();
  });
  source.addEventListener("change", (event) => {
    heard();
    const { topic, key, row } = JSON.parse(event.data);
    if (topic !== "incident" || !key) return;
    arrived.set(key, row);
    if (!painting) {
      painting = true;
      requestAnimationFrame(paint);
    }
  });
  source.addEventListener("error", () => {
    if (source?.readyState !== EventSource.CLOSED) return;
    // refused: perhaps the session is over; the browser tries no more by itself
    setTimeout(async () => {
      await whoAmI().catch(() => undefined);
      if (session.value) listen();
    }, POLL_MS);
  });
}

/** Begin; called once somebody is logged in. */
export async function start() {
  await refresh();
  listen();
  setInterval(() => {
    if (!session.value) return;
    if (link.value === "polling") void refresh();
    if (link.value === "lost" && source?.readyState !== EventSource.CONNECTING) listen();
  }, POLL_MS);
}
