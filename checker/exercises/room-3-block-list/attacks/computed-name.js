// The word is put together while the rule runs.
this["vau" + "lt"]()
