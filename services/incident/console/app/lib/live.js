/**
 * Live data: the board as a snapshot with a revision, then what changes. One paint per frame, nothing shown as fresh that
 * is not: when nothing was heard for 8 s the line counts as lost, orders are refused, and the ages go on counting.
 */
import { batch, computed, effect, signal } from "@preact/signals";
import { offline, read, session, whoAmI } from "./api.js";
import { now, setNow } from "./time.js";

/** @typedef {import("../../types/incident.js").components["schemas"]["BoardRow"]} Row */
/** @typedef {import("../../types/incident.js").components["schemas"]["DraftLine"]} Draft */
/** @typedef {import("../../types/dispatch.js").components["schemas"]["TeamView"]} Team */
/** @typedef {import("../../types/notify.js").components["schemas"]["WarningLine"]} Warning */
/** @typedef {import("../../types/resources.js").components["schemas"]["SiteView"]} Site */
/** @typedef {"live" | "polling" | "lost"} Link */

const SILENCE_MS = 8000;
const POLL_MS = 3000;
const DUTIES_MS = 15000;
/** How an incident stands that is over at this node. */
export const OVER = new Set(["closed", "false_report", "merged"]);
const TAKERS = new Set(["call_taker", "duty_officer"]);
const REPORT_WATCH = new Set(["call_taker", "dispatcher", "duty_officer", "commander", "auditor"]);

/** Whether this seat reads the reports of all incidents here. */
export const mayReadReports = () => session.value?.roles.some((role) => REPORT_WATCH.has(role)) ?? false;

/**
 * @template T
 * @typedef {import("@preact/signals").Signal<ReadonlyMap<string, T>>} Held
 */

/** @template T */
const held = () => /** @type {Held<T>} */ (signal(new Map()));

/** The open incidents by id. */
export const rows = /** @type {Held<Row>} */ (held());
/** The calls that are being typed at this node. */
export const drafts = /** @type {Held<Draft>} */ (held());
/** The teams of this node. */
export const teams = /** @type {Held<Team>} */ (held());
/** The warnings in force. */
export const warnings = /** @type {Held<Warning>} */ (held());
/** Shelters and hazard sources of this node; they change with the plan only. */
export const sites = signal(/** @type {(Site & {kind: "shelter" | "hazard_source"})[]} */ ([]));
/** Reports that wait for a person's decision, because their incident is over. */
export const parked = signal(0);
/** Reports that are late about incidents which are over, and so not on the board. */
const lateElsewhere = signal(/** @type {string[]} */ ([]));
/** Grows when a statutory report may stand otherwise than before: an incident changed, or time went on. */
export const duties = signal(0);
/** How many statutory reports are late, whatever became of their incidents. */
export const late = computed(() => {
  const elsewhere = lateElsewhere.value.filter((id) => !rows.value.has(id)).length;
  return [...rows.value.values()].reduce((sum, row) => sum + (row.reports_late ?? 0), elsewhere);
});
/** Grows when stock, a reservation, a request for material or the roster changes. */
export const supplies = signal(0);
/** Grows when a drill that is played here goes on, or somebody notes something. */
export const drillRuns = signal(0);
/** Grows when something may have become of a delivery: many at once count as one. */
export const deliveries = signal(0);
/** Grows when a call that was no report comes, or something becomes of one. */
export const parkedCalls = signal(0);
/** What could not be read from a sibling service, by its name. */
export const missing = signal(/** @type {ReadonlySet<string>} */ (new Set()));
/** Whether the board has been read at all, or why it could not be. */
export const loaded = signal(/** @type {"no" | "yes" | string} */ ("no"));
/** @typedef {{total: number, all: number, of: ReadonlyMap<string, number>}} Counts how often something changed, and of which incidents */
const counts = () => signal(/** @type {Counts} */ ({ total: 0, all: 0, of: new Map() }));
/** Whether everything has been read once, or could not be: from then on what is not known is not there. */
export const settled = signal(false);
/** Incidents that changed, for whoever shows one. */
export const touched = counts();
/** Incidents of which the dispatch service knows more than before: recommended, ordered elsewhere, asked or answered. */
export const reinforced = counts();

/** By the machine's clock: a drill's may jump. */
const heardAt = signal(Date.now());
const ticking = signal(Date.now());
setInterval(() => {
  ticking.value = Date.now();
}, 1000);
const streaming = signal(true);
/** A page that listens to nothing, as a team leader's does, loses nothing. */
const listening = signal(false);

/** How the page hears of changes. */
export const link = computed(
  /** @returns {Link} */ () => (ticking.value - heardAt.value > SILENCE_MS ? "lost" : streaming.value ? "live" : "polling"),
);
/** For how long nothing was heard, and when by the node's clock something was last. */
export const silence = computed(() => {
  const milliseconds = ticking.value - heardAt.value;
  return { milliseconds, since: now.value - milliseconds };
});
effect(() => {
  offline.value = listening.value && link.value === "lost" && session.value !== null;
});

/** What belongs on the screen of what has come. @type {Record<string, (row: any) => boolean>} */
const STAYS = {
  incident: (row) => !OVER.has(row.status),
  warning: (row) => row.status === "published",
};
/** @type {Record<string, Held<any>>} */
const TOPICS = { incident: rows, draft: drafts, team: teams, warning: warnings };

/** @type {Map<string, Map<string, any>>} */
const arrived = new Map();
/** The topics whose lists are being read, each with what arrived meanwhile. @type {Set<{topic: string, changes: Map<string, any>}>} */
const readings = new Set();
let painting = false;
let revision = "";
/** @type {EventSource | null} */
let source = null;

/**
 * @param {string} topic
 * @param {Map<string, any>} changes
 */
function take(topic, changes) {
  const shown = TOPICS[topic];
  if (!shown) return;
  const next = new Map(shown.value);
  for (const [key, row] of changes) {
    const known = next.get(key);
    const newer = topic !== "incident" || !row || !known || row.version >= known.version;
    if (!newer) continue;
    if (row && (STAYS[topic]?.(row) ?? true)) next.set(key, row);
    else next.delete(key);
  }
  shown.value = next;
}

/**
 * Count a change of these incidents, or perhaps of any. What several changes in one frame count is drawn once, of each.
 * @param {import("@preact/signals").Signal<Counts>} what
 * @param {Iterable<string>} [keys]
 */
function count(what, keys) {
  const { total, all, of } = what.value;
  if (!keys) {
    what.value = { total: total + 1, all: all + 1, of };
    return;
  }
  const next = new Map(of);
  for (const key of keys) next.set(key, (next.get(key) ?? 0) + 1);
  what.value = { total: total + 1, all, of: next };
}

/** A number that grows whenever this incident, or perhaps it, changed. @param {string} id @param {typeof touched} [what] */
export const changesOf = (id, what = touched) => what.value.all + (what.value.of.get(id) ?? 0);

function paint() {
  painting = false;
  batch(() => {
    for (const [topic, changes] of arrived) {
      take(topic, changes);
      if (topic === "supply") supplies.value += 1;
      if (topic === "drill") drillRuns.value += 1;
      if (topic === "call") parkedCalls.value += 1;
      if (topic === "force") count(reinforced, changes.keys());
      if (topic === "incident") count(touched, changes.keys());
    }
    arrived.clear();
  });
}

function heard() {
  heardAt.value = Date.now();
}

/**
 * Everything of a list that comes in pages.
 * @param {string} path
 * @param {(row: any) => string} key
 * @returns {Promise<any[]>}
 */
export async function readAll(path, key) {
  const found = [];
  let after = "";
  for (;;) {
    const page = await read(`${path}${path.includes("?") ? "&" : "?"}limit=200&after=${encodeURIComponent(after)}`);
    found.push(...page);
    if (page.length < 200) return found;
    after = key(page.at(-1));
  }
}

/**
 * @template T
 * @param {T[]} list
 * @param {(row: T) => string} key
 */
const byKey = (list, key) => new Map(list.map((row) => [key(row), row]));

/**
 * Read a list anew. A change that came meanwhile may be newer than the list, or it is told again behind what is: it is
 * drawn over the list.
 * @template T
 * @param {string} topic
 * @param {() => Promise<T[]>} look
 * @param {(row: T) => string} key
 */
async function readAnew(topic, look, key) {
  const reading = { topic, changes: new Map() };
  readings.add(reading);
  try {
    const list = await look();
    batch(() => {
      /** @type {Held<any>} */ (TOPICS[topic]).value = byKey(list, key);
      take(topic, reading.changes);
    });
  } finally {
    readings.delete(reading);
  }
}

/** What the sibling services know, each by itself: one that is away hides nothing of the others. */
const AROUND = {
  dispatch: () => readAnew("team", () => readAll("/dispatch/teams", (row) => row.team_id), (/** @type {Team} */ team) => team.team_id),
  notify: () => readAnew("warning", () => readAll("/notify/warnings?status=published", (row) => row.warning_id), (/** @type {Warning} */ row) => row.warning_id),
  resources: async () => {
    const [shelters, hazards] = await Promise.all(
      ["/resources/shelters", "/resources/hazard-sources"].map((path) => readAll(path, (row) => row.site_id)),
    );
    sites.value = [
      ...(shelters ?? []).map((one) => ({ ...one, kind: "shelter" })),
      ...(hazards ?? []).map((one) => ({ ...one, kind: "hazard_source" })),
    ];
  },
};

/** @param {keyof typeof AROUND} service */
async function lookAround(service) {
  const found = await AROUND[service]().then(() => true, () => false);
  if (found !== missing.value.has(service)) return;
  const away = new Set(missing.value);
  if (found) away.delete(service);
  else away.add(service);
  missing.value = away;
}

async function lookAtDuties() {
  if (!session.value?.roles.some((role) => role !== "department")) return;
  const found = await Promise.all(["overdue", "unconfirmed"].map((status) => read(`/due-reports?status=${status}&limit=200`))).catch(() => null);
  duties.value += 1;
  if (found) lateElsewhere.value = found.flat().map((/** @type {any} */ due) => due.incident_id);
}

async function lookAtReports() {
  if (!mayReadReports()) return;
  const found = await read("/reports?status=parked&limit=200").catch(() => null);
  if (found) parked.value = found.length;
}

async function lookAtDrafts() {
  if (!session.value?.roles.some((role) => TAKERS.has(role))) return;
  await readAnew("draft", () => read("/intake/drafts"), (/** @type {Draft} */ row) => row.draft_id).catch(() => undefined);
}

/** Read the board, and what is around it. */
async function readEverything() {
  try {
    const board = async () => {
      const found = await read("/board");
      revision = found.revision;
      return found.rows;
    };
    await readAnew("incident", board, (/** @type {Row} */ row) => row.incident_id);
    count(touched);
    supplies.value += 1;
    drillRuns.value += 1;
    parkedCalls.value += 1;
    loaded.value = "yes";
    heard();
  } catch (problem) {
    if (loaded.value !== "yes") loaded.value = problem instanceof Error ? problem.message : String(problem);
  }
  await Promise.all([lookAround("dispatch"), lookAround("notify"), lookAround("resources"), lookAtDrafts(), lookAtReports(), lookAtDuties()]);
  settled.value = true;
}

/** What is being read anew, and whether it has to be read once more. @type {{done: Promise<void>, again: boolean} | null} */
let refreshing = null;

/** Read everything anew: once at a time, and once more where that was asked for meanwhile. @returns {Promise<void>} */
export function refresh() {
  if (refreshing) {
    refreshing.again = true;
    return refreshing.done;
  }
  const mine = { again: false, done: Promise.resolve() };
  mine.done = readEverything()
    .finally(() => {
      refreshing = null;
    })
    .then(() => (mine.again ? refresh() : undefined));
  refreshing = mine;
  return mine.done;
}

/** How to ask for a topic's rows. @type {Record<string, () => Promise<void>>} */
const ASK = {
  supply: async () => void (supplies.value += 1),
  drill: async () => void (drillRuns.value += 1),
  call: async () => void (parkedCalls.value += 1),
  team: () => lookAround("dispatch"),
  force: async () => count(reinforced),
  warning: () => lookAround("notify"),
  delivery: async () => void (deliveries.value += 1),
  report: lookAtReports,
  duty: lookAtDuties,
};
/** @type {Set<string>} */
const due = new Set();

/**
 * Something changed that is not told, or not to this seat: it asks for what it may see of it, now and then.
 * @param {string} topic
 */
function askLater(topic) {
  const ask = ASK[topic];
  if (!ask || due.has(topic)) return;
  due.add(topic);
  setTimeout(() => {
    due.delete(topic);
    void ask();
  }, POLL_MS);
}

/** @param {{topic: string, key: string, row: any}} change */
function arrive({ topic, key, row }) {
  if (!key || topic === "delivery") {
    askLater(topic);
    return;
  }
  // a report comes to wait only for an incident that is over
  if (topic === "incident" && (!row || OVER.has(row.status))) ["report", "duty"].forEach(askLater);
  for (const reading of readings) if (reading.topic === topic) reading.changes.set(key, row);
  const changes = arrived.get(topic) ?? new Map();
  arrived.set(topic, changes.set(key, row));
  if (!painting) {
    painting = true;
    requestAnimationFrame(paint);
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
    arrive(JSON.parse(event.data));
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
  listening.value = true;
  await refresh();
  listen();
  setInterval(() => void (session.value && lookAtDuties()), DUTIES_MS);
  setInterval(() => {
    if (!session.value) return;
    if (link.value === "polling" && !refreshing) void refresh();
    if (link.value === "lost" && source?.readyState !== EventSource.CONNECTING) listen();
  }, POLL_MS);
}
