/** Every text a person sees, from the one message catalogue; Chinese first, English by switch. */
import { signal } from "@preact/signals";

/** @typedef {"zh" | "en"} Language */

const KEPT = "liandong_language";

/** @type {Record<string, Record<Language, string>>} */
let catalogue = {};

/** @returns {Language} */
function remembered() {
  return localStorage.getItem(KEPT) === "en" ? "en" : "zh";
}

export const language = signal(remembered());

/** @param {Language} chosen */
export function speak(chosen) {
  language.value = chosen;
  localStorage.setItem(KEPT, chosen);
  document.cookie = `${KEPT}=${chosen}; path=/; samesite=lax; max-age=31536000`;
  document.documentElement.lang = chosen === "zh" ? "zh-CN" : "en";
}

/** Fetch the catalogue; nothing can be shown before. */
export async function loadWords() {
  const answer = await fetch("/console/words.json");
  catalogue = await answer.json();
  speak(language.value);
}

/**
 * The message of a key with its values filled in.
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 * @returns {string}
 */
export function t(key, values = {}) {
  const message = catalogue[key];
  if (!message) throw new Error(`no message ${key}`);
  return message[language.value].replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/**
 * A message in both languages, as a service would tell it.
 * @param {string} key
 */
export function both(key) {
  const message = catalogue[key];
  if (!message) throw new Error(`no message ${key}`);
  return { detail: message.zh, detail_en: message.en };
}

/**
 * Whether the catalogue has a key: for words that the plan or a person may have made up.
 * @param {string} key
 */
export function known(key) {
  return key in catalogue;
}
