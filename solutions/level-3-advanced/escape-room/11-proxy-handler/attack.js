Object.getOwnPropertyDescriptor(account, "_pin").value
