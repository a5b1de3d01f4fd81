export { default } from "../host/keys.js";
