"""Hours on screen: what staff see of their own and supervisors of their teams."""
