import js from "@eslint/js";
import globals from "globals";

export default [
  { ignores: ["node_modules/", "types/"] },
  js.configs.recommended,
  {
    files: ["app/**/*.js"],
    languageOptions: { globals: globals.browser },
    rules: {
      eqeqeq: "error",
      "no-alert": "error",
      "no-console": "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "prefer-const": "error",
    },
  },
];
