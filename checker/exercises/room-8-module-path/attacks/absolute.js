// An absolute path begins as it should, and goes on as it likes: up to the root.
const keys = await import("/app/guest/../../keys.js");
export default keys.default;
