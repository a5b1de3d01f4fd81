try { track("Z9") } catch (error) { error.request.token }
