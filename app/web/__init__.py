"""Everything a browser meets: routes, inputs, templates and static files."""
