// Not the member's rank is forged, but the list of doors that are open to it.
JSON.parse('{"__proto__": {"staffRoom": true}}')
