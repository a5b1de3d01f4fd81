// It begins with the same letters and lies beside the folder, not in it.
import guests from "./../guests.json" with { type: "json" };
export default guests;
