/** Which view is shown, and of what: in the address, so that it survives a reload and can be sent to a colleague. */
import { signal } from "@preact/signals";

/** An empty view: where the seat begins. @returns {{view: string, id: string}} */
function current() {
  const [view = "", id = ""] = location.hash.replace(/^#\/?/, "").split("/");
  return { view, id };
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
