// Folders whose names begin with the guests' folder, and no dots at all.
const keys = await import("/app/guest-of-honor/seat.js");
export default keys.default;
