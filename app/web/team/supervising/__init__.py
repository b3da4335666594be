"""A supervisor's pages about one member of the team: contract, plan, observation, sign-off."""
