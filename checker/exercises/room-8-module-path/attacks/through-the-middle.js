// Down into a folder first, and then up twice.
export { default } from "./lib/../../host/keys.js";
