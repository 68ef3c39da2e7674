export { default as common } from "./common.json";
export { default as errors } from "./errors.json";
export { default as journal } from "./journal.json";
export { default as legal } from "./legal.json";
export { default as shortcuts } from "./shortcuts.json";
export { default as signIn } from "./signIn.json";
export { default as site } from "./site.json";
export { default as workspace } from "./workspace.json";
