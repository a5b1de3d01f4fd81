JSON.parse('{"__proto__": {"isStaff": true}}')
