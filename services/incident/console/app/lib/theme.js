/** Light or dark: as the machine says until somebody chooses. */
import { signal } from "@preact/signals";

const KEPT = "liandong_theme";
const dark = matchMedia("(prefers-color-scheme: dark)");

export const theme = signal(localStorage.getItem(KEPT) ?? (dark.matches ? "dark" : "light"));

function show() {
  document.documentElement.dataset.theme = theme.value;
}

export function switchTheme() {
  theme.value = theme.value === "dark" ? "light" : "dark";
  localStorage.setItem(KEPT, theme.value);
  show();
}

show();
