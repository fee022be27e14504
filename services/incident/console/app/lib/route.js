/** Which view is shown, and of what: in the address, so that it survives a reload and can be sent to a colleague. */
import { signal } from "@preact/signals";

/** @returns {{view: string, id: string}} */
function current() {
  const [view = "", id = ""] = location.hash.replace(/^#\/?/, "").split("/");
  return { view: view || "situation", id };
}

export const route = signal(current());
addEventListener("hashchange", () => {
  route.value = current();
});

/**
 * @param {string} view
 * @param {string} [id]
 */
export function go(view, id = "") {
  location.hash = id ? `/${view}/${id}` : `/${view}`;
  route.value = current(); // at once: the next key may come before the browser tells of it
}
