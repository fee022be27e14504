/** Keys of the whole page; none acts while an input method composes, which would swallow half a Chinese word. */

/** @typedef {(event: KeyboardEvent) => void} Act */

/** @type {Map<string, Act>} */
const acts = new Map();

/** @param {KeyboardEvent} event */
export function composing(event) {
  return event.isComposing || event.keyCode === 229;
}

/**
 * How a key is called: "F1", "Ctrl+Enter", "Escape", "/".
 * @param {KeyboardEvent} event
 */
export function nameOf(event) {
  const held = [event.ctrlKey ? "Ctrl" : "", event.altKey ? "Alt" : ""].filter(Boolean);
  return [...held, event.key].join("+");
}

/**
 * Let a key act until the answer is called; the last one that claims it has it.
 * @param {string} key
 * @param {Act} act
 * @returns {() => void}
 */
export function onKey(key, act) {
  const before = acts.get(key);
  acts.set(key, act);
  return () => {
    if (acts.get(key) !== act) return;
    if (before) acts.set(key, before);
    else acts.delete(key);
  };
}

/** @param {EventTarget | null} target */
function typing(target) {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

document.addEventListener("keydown", (event) => {
  if (composing(event)) return;
  const name = nameOf(event);
  const plain = name.length === 1;
  if (plain && typing(event.target)) return;
  const act = acts.get(name);
  if (!act) return;
  event.preventDefault();
  act(event);
});
