/** New incidents until somebody at this seat has acknowledged them: they flash, and sound. */
import { computed, effect, signal } from "@preact/signals";
import { loaded, rows } from "./live.js";
import { session } from "./api.js";

const KEPT = "liandong_seen";
const BEEP_MS = 5000;

/** @returns {Set<string>} */
function remembered() {
  try {
    return new Set(JSON.parse(localStorage.getItem(KEPT) ?? "[]"));
  } catch {
    return new Set();
  }
}

const seen = signal(remembered());
const begun = signal(false);

/** The incidents that are open and that nobody here has acknowledged. */
export const unseen = computed(() => new Set([...rows.value.keys()].filter((id) => !seen.value.has(id))));

/** @param {Iterable<string>} ids */
function keep(ids) {
  seen.value = new Set(ids);
  localStorage.setItem(KEPT, JSON.stringify([...seen.value]));
}

// what stands on the board when somebody sits down for the first time is not news
effect(() => {
  if (begun.value || loaded.value !== "yes") return;
  begun.value = true;
  if (!localStorage.getItem(KEPT)) keep(rows.value.keys());
});

/** Somebody looked at them; those that are over are forgotten. */
export function acknowledge() {
  keep(rows.value.keys());
}

function beep() {
  const audio = new AudioContext();
  if (audio.state !== "running") {
    void audio.close();
    return;
  }
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  volume.gain.value = 0.15;
  tone.frequency.value = 880;
  tone.connect(volume).connect(audio.destination);
  tone.start();
  tone.stop(audio.currentTime + 0.25);
  tone.addEventListener("ended", () => void audio.close());
}

setInterval(() => {
  if (session.value && begun.value && unseen.value.size) beep();
}, BEEP_MS);
