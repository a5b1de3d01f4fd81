// Who looks for the pin in what goes out looks for one spelling of it.
[...Object.getOwnPropertyDescriptor(account, "_pin").value].reverse().join("")
