/**
 * A call as it is typed. What is typed is kept at once here and half a second later on the server; at the first usable
 * place it becomes a report, and everything later an update. Nothing typed is ever overwritten by what others did.
 */
import { signal } from "@preact/signals";
import { call, doneBefore, offline, read, Refused, session, unanswered } from "./api.js";
import { go } from "./route.js";
import { now } from "./time.js";
import { language, t } from "./words.js";

/** @typedef {import("../../types/incident.js").components["schemas"]["FormView"]} Form */
/** @typedef {import("../../types/incident.js").components["schemas"]["SpotView"]} Spot */
/** @typedef {import("../../types/incident.js").components["schemas"]["KindView"]} Kind */
/** @typedef {import("../../types/incident.js").components["schemas"]["SimilarView"]} Similar */
/** @typedef {import("../../types/incident.js").components["schemas"]["IncidentView"]} Incident */
/** @typedef {import("../../types/incident.js").components["schemas"]["QuestionView"]} Question */
/** @typedef {import("../../types/incident.js").components["schemas"]["BorderView"]} Border */
/** @typedef {import("../../types/incident.js").components["schemas"]["CallView"]} ParkedCall */
/** @typedef {string | number | boolean | null} Value */
/** @typedef {Record<string, Value>} Fields */
/** @typedef {{name: string, mine: Value, theirs: Value}} Difference */
/** @typedef {{body: object, wanted: Fields, decision: Value}} Reporting */

const KEPT = "liandong_draft_";
const PAUSE_MS = 500;
const AGAIN_MS = 3000;
const MOST_TRIED = 20;
/** Fields that say what it is and where: they go together, as the incident's particulars. */
const PARTICULARS = ["sector", "event_type", "title", "address", "lon", "lat", "place", "hazard_source_id", "lies_in"];
/** Those of them that say where. */
const WHERE = ["address", "lon", "lat", "place", "hazard_source_id", "lies_in"];
const CALLER = ["caller_name", "caller_phone", "caller_place", "caller_lon", "caller_lat"];

/** What the node's form is made of; null until it has been read. */
export const form = signal(/** @type {Form | null} */ (null));

export async function loadForm() {
  form.value ??= await read("/intake/form");
}

/** @param {string} id */
function local(id) {
  try {
    return JSON.parse(localStorage.getItem(KEPT + id) ?? "null");
  } catch {
    return null;
  }
}

/** What an incident says in the fields of the form. @param {Incident} incident @returns {Fields} */
function fieldsOf(incident) {
  const { sector, event_type, title, location, place, hazard_source_id, lies_in, facts, answers } = incident;
  const told = Object.entries(facts).filter(([, value]) => value !== null && value !== undefined);
  return {
    sector, event_type, title, address: location.address ?? "", lon: location.lon, lat: location.lat, place, hazard_source_id, lies_in,
    ...Object.fromEntries(answers.map((one) => [`answer_${one.question}`, one.answer])),
    ...Object.fromEntries(told.map(([name, value]) => [`fact_${name}`, /** @type {Value} */ (value)])),
  };
}

/** @param {string} name */
export function fieldName(name) {
  if (name.startsWith("fact_")) return t(`fact.${name.slice(5)}`);
  return name.startsWith("answer_") ? promptOf(name.slice(7)) : t(`console.field_${name}`);
}

/** @param {string} question */
function promptOf(question) {
  const found = (form.value?.sectors ?? []).flatMap((one) => one.questions).find((one) => one.question === question);
  return (language.value === "zh" ? found?.name : found?.name_en) ?? question;
}

/** The field in which a question is answered. @param {Question} question */
export const fieldOf = (question) => (question.fact ? `fact_${question.fact}` : `answer_${question.question}`);

/** What a call is asked by now: of its kind, and where an earlier answer asks for it. @param {Call} call */
export function questionsOf(call) {
  const all = form.value?.sectors.find((one) => one.slug === call.kind?.sector)?.questions ?? [];
  const byName = new Map(all.map((one) => [one.question, one]));
  return all.filter(({ event_types, when }) => {
    if (event_types.length && !event_types.includes(String(call.kind?.event_type))) return false;
    const earlier = when && byName.get(when.question);
    if (!when || !earlier) return !when;
    const answer = call.fields.value[fieldOf(earlier)];
    const least = when.at_least ?? null;
    return least === null ? (when.answers ?? []).some((one) => one === answer) : typeof answer === "number" && answer >= least;
  });
}

const blank = (/** @type {Value | undefined} */ value) => value === undefined || value === null || value === "";

/** One call at this seat. */
export class Call {
  /** @param {string} id */
  constructor(id) {
    this.id = id;
    this.fields = signal(/** @type {Fields} */ ({ channel: "119", begun: now.value }));
    /** What the server has as a report or incident, by field. @type {Fields} */
    this.sent = {};
    this.version = 0;
    /** What went out on this version and was not answered: the server may have it all the same. @type {string[]} */
    this.tried = [];
    this.incident = signal(/** @type {Incident | null} */ (null));
    this.similar = signal(/** @type {Similar[]} */ ([]));
    /** What was told when it was last asked what this may be about. */
    this.asked = "";
    /** Why nobody can say what it may be about. */
    this.unlooked = signal("");
    /** The jurisdictions that it may lie in; several near a border. */
    this.borders = signal(/** @type {Border[]} */ ([]));
    /** Calls from the same number that were no report. */
    this.before = signal(/** @type {ParkedCall[]} */ ([]));
    /** Whether it was said what has to be asked and is not answered. */
    this.reminded = signal(false);
    /** How it stands: typing, saving, saved, waits (for the line), refused. */
    this.state = signal(/** @type {"typing" | "saving" | "saved" | "waits"} */ ("typing"));
    this.problem = signal("");
    this.conflict = signal(/** @type {{who: string, differences: Difference[]} | null} */ (null));
    /** Whether another seat has typed in the same draft: theirs, until somebody chooses. */
    this.other = signal(/** @type {{who: string, version: number, body: Fields} | null} */ (null));
    this.gone = signal(false);
    this.timer = 0;
    /** The report as it went out, until it is known what became of it: every attempt says the same. @type {Reporting | null} */
    this.reporting = null;
    /** @type {Promise<void> | null} */
    this.running = null;
    this.again = false;
    this.committed = false;
  }

  /** @param {string} name */
  get(name) {
    return this.fields.value[name] ?? "";
  }

  get placed() {
    return typeof this.fields.value.lon === "number" && typeof this.fields.value.lat === "number";
  }

  /** Sector and event type: as chosen, else what the plan takes a call for whose kind is not known. */
  get kind() {
    const { sector, event_type } = this.fields.value;
    if (sector && event_type) return { sector, event_type };
    const open = form.value?.undetermined;
    return open ? { sector: open.sector, event_type: open.event_type } : null;
  }

  /** The call is about an incident that was known before: what that is and where is not this form's to say. */
  get joined() {
    return !blank(this.fields.value.decision) && this.fields.value.decision !== "new";
  }

  /** The calls that may be about the same event wait for a person, unless one has decided or the report is out. */
  get undecided() {
    return !this.incident.value && !this.reporting && this.similar.value.length > 0 && blank(this.fields.value.decision);
  }

  /** @param {Fields} changes */
  change(changes) {
    this.fields.value = { ...this.fields.value, ...changes };
    this.keep();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.sync(), PAUSE_MS);
  }

  /** What was typed in a field stands: it goes out now. */
  commit() {
    this.committed = true;
    clearTimeout(this.timer);
    if (this.undecided || this.unlooked.value) void this.lookForSimilar();
    return this.sync();
  }

  keep() {
    localStorage.setItem(KEPT + this.id, JSON.stringify({ fields: this.fields.value, sent: this.sent, version: this.version, tried: this.tried, reporting: this.reporting }));
  }

  /** What was kept, here or on the server; the newer of both, and both when neither is. */
  async restore() {
    const here = local(this.id);
    if (here) {
      this.adopt(here.fields, here.sent, here.version);
      this.tried = here.tried ?? [];
      this.reporting = here.reporting ?? null;
    }
    const there = await read(`/intake/drafts/${this.id}`).catch((/** @type {unknown} */ problem) => problem);
    if (there instanceof Refused) {
      this.gone.value = there.problem.status === 404 && this.version > 0;
    } else if (!(there instanceof Error) && (!here || there.version !== this.version)) {
      this.foreign(there, !here);
    }
    if (this.fields.value.incident_id) await this.look();
    if (this.placed) await this.lookForBorders();
    if (this.placed && !this.incident.value) await this.lookForSimilar();
    if (!here || this.gone.value) return;
    this.committed = true; // whoever loaded the page anew has left the field that was being typed in
    await this.sync();
  }

  /** @param {Fields} fields @param {Fields} sent @param {number} version */
  adopt(fields, sent, version) {
    this.fields.value = fields;
    this.sent = sent;
    this.version = version;
    this.tried = [];
  }

  /**
   * A draft as the server has it: what this seat wrote before its line broke or its page was loaded anew, or what another
   * seat has typed.
   * @param {{version: number, taken_by: string, body: Fields}} there
   * @param {boolean} nothingHere
   */
  foreign(there, nothingHere) {
    if (this.tried.includes(textOf(there.body))) {
      this.version = there.version;
      this.tried = [];
      this.again = true;
      return;
    }
    const { sent, ...fields } = there.body;
    const differs = Object.keys({ ...fields, ...this.fields.value }).some((name) => !blank(this.fields.value[name]) && this.fields.value[name] !== fields[name]);
    if (nothingHere || !differs) {
      this.adopt(fields, JSON.parse(String(sent || "{}")), there.version);
      this.keep();
    } else {
      this.other.value = { who: there.taken_by, version: there.version, body: there.body };
    }
  }

  /** Of a draft that two seats typed: this seat's, or the other's. @param {boolean} mine */
  choose(mine) {
    const other = this.other.value;
    if (!other) return;
    this.other.value = null;
    const { sent, ...fields } = other.body;
    this.adopt(mine ? { ...fields, ...this.fields.value } : fields, JSON.parse(String(sent || "{}")), other.version);
    this.keep();
    void this.commit();
  }

  /** One thing after the other, and once more when something was typed meanwhile. */
  sync() {
    if (this.running) {
      this.again = true;
      return this.running;
    }
    this.running = this.work().finally(() => {
      this.running = null;
      if (this.again) {
        this.again = false;
        return this.sync();
      }
      return undefined;
    });
    return this.running;
  }

  async work() {
    if (this.gone.value || this.other.value || !session.value) return;
    this.state.value = "saving";
    try {
      await this.keepOnServer();
      if (!this.incident.value) await this.report();
      if (this.incident.value && this.committed) await this.update();
      this.problem.value = "";
      this.state.value = this.incident.value && !this.unsent().length ? "saved" : "typing";
    } catch (problem) {
      this.failed(problem);
    }
    this.keep();
  }

  /** @param {unknown} problem */
  failed(problem) {
    const lost = offline.value || !(problem instanceof Refused) || problem.problem.status >= 500;
    this.state.value = lost ? "waits" : "typing";
    this.problem.value = lost ? "" : saidBy(/** @type {Refused} */ (problem));
    if (lost) setTimeout(() => void this.sync(), AGAIN_MS);
  }

  async keepOnServer() {
    const body = { ...this.fields.value, sent: JSON.stringify(this.sent) };
    this.tried = [...new Set([...this.tried, textOf(body)])].slice(-MOST_TRIED);
    this.keep();
    try {
      const kept = await call("PUT", `/intake/drafts/${this.id}`, { version: this.version, body });
      this.version = kept.version;
      this.tried = [];
    } catch (problem) {
      if (!(problem instanceof Refused)) throw problem;
      if (problem.problem.status === 404) this.gone.value = true;
      else if (problem.problem.status !== 409) throw problem;
      else this.foreign(await read(`/intake/drafts/${this.id}`), false);
    }
  }

  /** At the first usable place the call is a report; what may be the same event waits for a person's word. */
  async report() {
    if (this.gone.value || this.other.value) return;
    const { incident_id } = this.fields.value;
    if (incident_id) {
      this.know(await read(`/incidents/${incident_id}`)); // reported before; it could not be read when the page was loaded
      return;
    }
    if (!this.reporting && (!this.placed || this.undecided || !this.kind)) return;
    this.reporting ??= { body: this.reportBody(), wanted: this.wanted(), decision: this.fields.value.decision ?? null };
    const { body, wanted, decision } = this.reporting;
    this.keep();
    const taken = await call("POST", "/reports", body, `intake-${this.id}`).catch((error) => {
      if (!unanswered(error)) this.reporting = null;
      throw error;
    });
    this.reporting = null;
    this.fields.value = { ...this.fields.value, decision, report_id: taken.report_id, incident_id: taken.incident_id };
    this.sent = wanted;
    this.similar.value = this.similar.value.filter((one) => one.incident.incident_id !== taken.incident_id);
    this.keep();
    await this.look();
    await this.keepOnServer();
  }

  reportBody() {
    const fields = this.fields.value;
    const nobody = CALLER.every((name) => blank(fields[name]));
    return {
      channel: fields.channel,
      ...this.kind,
      title: this.title(),
      description: String(fields.description ?? ""),
      location: { lon: fields.lon, lat: fields.lat, address: String(fields.address ?? "") },
      facts: this.told("fact_"),
      answers: this.told("answer_"),
      approximate: fields.approximate === true,
      place: fields.place || null,
      hazard_source_id: fields.hazard_source_id || null,
      lies_in: fields.lies_in || null,
      call_id: fields.call_id || null,
      caller: nobody ? null : this.caller(),
      incident_id: this.joined ? fields.decision : null,
    };
  }

  /** As typed, else made of place and kind. */
  title() {
    const { title, address, kind_name } = this.fields.value;
    const made = [address, kind_name || form.value?.undetermined?.name].filter(Boolean).join(" ");
    return String(title || made || t("console.untitled")).slice(0, 200);
  }

  caller() {
    const { caller_name, caller_phone, caller_place, caller_lon, caller_lat } = this.fields.value;
    const place = blank(caller_place) ? null : { words: String(caller_place).trim(), lon: caller_lon ?? null, lat: caller_lat ?? null };
    return { name: caller_name || null, phone: caller_phone || null, place };
  }

  /** Facts or answers, by their names. @param {"fact_" | "answer_"} prefix */
  told(prefix) {
    const told = Object.entries(this.fields.value).filter(([name, value]) => name.startsWith(prefix) && !blank(value));
    return Object.fromEntries(told.map(([name, value]) => [name.slice(prefix.length), value]));
  }

  /** What is typed and not yet told. */
  unsent() {
    const wanted = this.wanted();
    return Object.keys(wanted).filter((name) => !same(wanted[name], this.sent[name]));
  }

  /** What the report and its incident are to say. @returns {Fields} */
  wanted() {
    const fields = this.fields.value;
    const facts = Object.fromEntries(Object.entries(fields).filter(([name, value]) => isAnswer(name) && !blank(value)));
    const plain = [...WHERE, ...CALLER, "description"];
    const particulars = this.joined ? {} : { ...this.kind, title: this.title() };
    const told = plain.filter((name) => !this.joined || !PARTICULARS.includes(name)).map((name) => [name, fields[name] ?? null]);
    return { ...Object.fromEntries(told), ...particulars, ...facts };
  }

  /** What was typed since goes out as updates, each on the version that this seat knows; what is committed meanwhile, next. */
  async update() {
    if (this.conflict.value || this.gone.value) return;
    this.committed = false;
    try {
      await this.tellUnsent();
    } catch (problem) {
      this.committed = true;
      throw problem;
    }
    if (this.conflict.value) this.committed = true;
  }

  async tellUnsent() {
    const open = this.unsent();
    if (open.some((name) => PARTICULARS.includes(name))) await this.onVersion(() => this.amend());
    if (this.conflict.value) return;
    if (open.some((name) => isAnswer(name) || name === "description")) await this.onVersion(() => this.tell());
    if (open.some((name) => CALLER.includes(name))) await this.tellCaller();
  }

  async amend() {
    const wanted = this.wanted();
    const { sector, event_type, title, address, lon, lat, place, hazard_source_id, lies_in } = wanted;
    const moved = WHERE.some((name) => !same(wanted[name], this.sent[name]));
    const location = moved
      ? { location: { lon, lat, address: address ?? "" }, place: place || null, hazard_source_id: hazard_source_id || null, lies_in: lies_in || null }
      : {};
    const body = { sector, event_type, title, ...location, version: this.incident.value?.version };
    this.know(await call("POST", `/incidents/${this.fields.value.incident_id}/particulars`, body));
    for (const name of PARTICULARS) this.sent[name] = wanted[name] ?? null;
  }

  async tell() {
    const wanted = this.wanted();
    const fresh = Object.keys(wanted).filter((name) => isAnswer(name) && !same(wanted[name], this.sent[name]));
    const of = (/** @type {string} */ prefix) => Object.fromEntries(fresh.filter((name) => name.startsWith(prefix)).map((name) => [name.slice(prefix.length), wanted[name]]));
    const body = {
      facts: of("fact_"),
      answers: of("answer_"),
      statement: same(wanted.description, this.sent.description) ? "" : String(wanted.description ?? ""),
      source: t("console.caller_of", { channel: String(this.fields.value.channel) }),
      version: this.incident.value?.version,
    };
    this.know(await call("POST", `/incidents/${this.fields.value.incident_id}/updates`, body));
    for (const name of [...fresh, "description"]) this.sent[name] = wanted[name] ?? null;
  }

  async tellCaller() {
    const { report_id } = this.fields.value;
    const told = CALLER.map((name) => [name, this.fields.value[name] ?? null]);
    await call("POST", `/reports/${report_id}/caller`, this.caller());
    Object.assign(this.sent, Object.fromEntries(told));
  }

  /**
   * A command on the version this seat knows. When another version stands: if nothing of this form was changed by others
   * it goes out again on that one, else a person chooses.
   * @param {() => Promise<void>} command
   */
  async onVersion(command) {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      try {
        await command();
        return;
      } catch (problem) {
        if (!(problem instanceof Refused) || problem.problem.status !== 409 || problem.problem.errors?.[0]?.rule !== "stale_version") throw problem;
        await this.compare();
        if (this.conflict.value) return;
      }
    }
  }

  /** What others changed of the fields in which something is typed here and not sent. */
  async compare() {
    const id = this.fields.value.incident_id;
    const incident = await read(`/incidents/${id}`);
    const theirs = fieldsOf(incident);
    const open = new Set(this.unsent());
    const differences = [...open]
      .filter((name) => name in theirs && !same(theirs[name], this.sent[name]) && !same(theirs[name], this.wanted()[name]))
      .map((name) => ({ name, mine: this.wanted()[name] ?? null, theirs: theirs[name] ?? null }));
    this.know(incident);
    if (!differences.length) return;
    const lines = await read(`/incidents/${id}/timeline?limit=200`);
    const changed = lines.filter((/** @type {any} */ line) => ["incident.amended", "incident.updated"].includes(line.kind));
    this.conflict.value = { who: changed.at(-1)?.actor ?? "", differences };
  }

  /** Of what two seats changed: this seat's goes out on top of theirs, or theirs is taken. @param {boolean} mine */
  settle(mine) {
    const conflict = this.conflict.value;
    if (!conflict) return;
    this.conflict.value = null;
    if (!mine) {
      const theirs = Object.fromEntries(conflict.differences.map(({ name, theirs: value }) => [name, value]));
      this.fields.value = { ...this.fields.value, ...theirs };
      Object.assign(this.sent, theirs);
    }
    void this.commit();
  }

  /** The incident as it stands; fields in which nothing is typed here follow it. @param {Incident} incident */
  know(incident) {
    const theirs = fieldsOf(incident);
    const open = new Set(this.unsent());
    const follows = Object.entries(theirs).filter(([name, value]) => !this.joined && !open.has(name) && !same(value, this.sent[name]));
    this.incident.value = incident;
    if (!follows.length) return;
    this.sent = { ...this.sent, ...Object.fromEntries(follows) };
    this.fields.value = { ...this.fields.value, ...Object.fromEntries(follows) };
  }

  /** An answer that was on its way while a command of this seat went through is older than what is known. */
  async look() {
    const incident = await read(`/incidents/${this.fields.value.incident_id}`).catch(() => null);
    const known = this.incident.value;
    const old = incident && known && known.incident_id === incident.incident_id && incident.version < known.version;
    if (incident && !old) this.know(incident);
  }

  /** @param {Spot} spot what was chosen for the address */
  async place(spot) {
    const { lon, lat } = spot.location;
    this.change({ address: spot.name, lon, lat, place: spot.place, hazard_source_id: spot.hazard_source_id, approximate: spot.approximate, lies_in: null });
    await Promise.all([this.lookForSimilar(), this.lookForBorders()]);
    await this.commit();
  }

  /** What the call may be about, by all that is known of it; asked again when more is. */
  async lookForSimilar() {
    const { lon, lat, address, caller_phone, event_type, title, description, approximate, hazard_source_id } = this.fields.value;
    if (typeof lon !== "number") return;
    const known = {
      location: { lon, lat, address: String(address ?? "").trim() },
      approximate: approximate === true,
      phone: String(caller_phone ?? ""),
      event_type: String(event_type ?? ""),
      words: [title, description].filter((one) => !blank(one)).join(" "),
      hazard_source_id: hazard_source_id || null,
    };
    const asked = JSON.stringify(known);
    if (asked === this.asked) return;
    this.asked = asked;
    try {
      /** @type {Similar[]} */
      const found = await call("POST", "/intake/similar", known);
      this.similar.value = found.filter((one) => one.incident.incident_id !== this.fields.value.incident_id);
      this.unlooked.value = "";
    } catch (problem) {
      this.asked = "";
      this.unlooked.value = problem instanceof Refused ? saidBy(problem) : t("console.similar_unknown");
    }
  }

  /** Near a border: which jurisdictions it may lie in. What cannot be asked is not asked; the incident counts as unsure. */
  async lookForBorders() {
    const { lon, lat } = this.fields.value;
    if (typeof lon === "number") this.borders.value = await read(`/intake/borders?lon=${lon}&lat=${lat}`).catch(() => []);
  }

  /** Calls from this number that were no report: somebody who was silent may be calling again. Without a line nobody can say. */
  async lookForNumber() {
    const phone = String(this.fields.value.caller_phone ?? "").trim();
    try {
      this.before.value = phone ? await call("POST", "/intake/calls/search", { phone }) : [];
    } catch (problem) {
      if (problem instanceof Refused) this.problem.value = saidBy(problem);
    }
  }

  /** It is the caller of a call that was no report then. @param {string} call_id */
  async isCall(call_id) {
    const { report_id } = this.fields.value;
    if (!report_id) this.change({ call_id });
    await this.commit();
    try {
      if (report_id) await call("POST", `/intake/calls/${encodeURIComponent(call_id)}/became`, { report_id });
      await this.lookForNumber();
    } catch (problem) {
      this.problem.value = problem instanceof Refused ? saidBy(problem) : t("console.similar_unknown");
    }
  }

  /** Of those near the border the one that it lies in. @param {string} lies_in */
  liesIn(lies_in) {
    this.change({ lies_in });
    return this.commit();
  }

  /** It is no report: kept with its reason. @param {{reason: string, note: string}} why */
  async park({ reason, note }) {
    const { channel, caller_phone } = this.fields.value;
    await call("POST", "/intake/calls", { channel, reason, note, phone: caller_phone || null, place: this.caller().place }, `park-${this.id}`).catch((error) => {
      if (!doneBefore(error)) throw error;
    });
    await this.drop();
    go("intake");
  }

  /** The required questions that are asked by now and have no answer as far as the service knows, in words. */
  get unanswered() {
    return this.joined ? [] : (this.incident.value?.unanswered ?? []).map(promptOf);
  }

  /** @param {string} decision "new", or the incident that the call is about */
  decide(decision) {
    this.change({ decision });
    return this.commit();
  }

  /** Done: everything is told, and the draft is not needed any more. Whether it is. */
  async finish() {
    await this.commit();
    await this.commit();
    if (this.incident.value && this.unanswered.length && !this.reminded.value) {
      this.reminded.value = true;
      return false;
    }
    if (!this.incident.value || this.unsent().length || this.problem.value || this.conflict.value) return false;
    await this.drop();
    return true;
  }

  async drop() {
    clearTimeout(this.timer);
    this.gone.value = true;
    localStorage.removeItem(KEPT + this.id);
    await call("DELETE", `/intake/drafts/${this.id}`).catch(() => undefined);
  }
}

/** @param {string} name */
const isAnswer = (name) => name.startsWith("fact_") || name.startsWith("answer_");

/** @param {Value | undefined} one @param {Value | undefined} other */
function same(one, other) {
  return one === other || (blank(one) && blank(other));
}

/** What a draft says, whatever the order of its fields and however nothing is written. @param {Record<string, unknown>} body */
function textOf(body) {
  const told = Object.entries(body).filter(([, value]) => value !== null && value !== undefined && value !== "");
  return JSON.stringify(told.map(([name, value]) => [name, String(value).trim()]).sort());
}

/** A refusal with the fields it names. @param {Refused} refused */
function saidBy(refused) {
  const errors = refused.problem.errors ?? [];
  const told = errors.map((one) => (language.value === "zh" ? one.message : one.message_en)).filter(Boolean);
  return told.length ? told.join("；") : refused.message;
}

/** @type {Map<string, Call>} */
const calls = new Map();

/** The call of this id at this seat. @param {string} id */
export function callOf(id) {
  const known = calls.get(id);
  if (known && !known.gone.value) return known;
  const made = new Call(id);
  calls.set(id, made);
  void made.restore();
  return made;
}

/** A new call; its form is empty but for what is known of it already. @param {string} [address] @param {Fields} [known] */
export function newCall(address = "", known = {}) {
  const id = crypto.randomUUID();
  if (address || Object.keys(known).length) callOf(id).change({ ...(address ? { address } : {}), ...known });
  go("intake", id);
}

/** Drafts that only this browser has, after a restart before the server got them. */
export function localDrafts() {
  return Object.keys(localStorage).filter((key) => key.startsWith(KEPT)).map((key) => key.slice(KEPT.length));
}

/** Whoever leaves takes nothing of a caller with them: what the server has is forgotten here. */
export async function leave() {
  for (const one of calls.values()) {
    await one.sync();
    if (one.state.value !== "waits" && one.version > 0) localStorage.removeItem(KEPT + one.id);
  }
  calls.clear();
}
