the key
