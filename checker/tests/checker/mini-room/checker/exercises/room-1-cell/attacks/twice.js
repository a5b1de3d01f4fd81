key key
