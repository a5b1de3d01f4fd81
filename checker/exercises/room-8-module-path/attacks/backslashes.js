// What is one name to the eye is three to whom a backslash is a slash.
export { default } from "lib\\..\\..\\host\\keys.js";
