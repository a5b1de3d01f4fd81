// What stands behind an await is a job, without any then.
(async () => {
  await null;
  return note();
})()
