"""Who needs the supervisor today: small functions that each find one kind of thing."""
