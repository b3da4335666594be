"""Our Flask: what it does over and over on every page is worked out once."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from flask import Flask, has_request_context, request
from flask.templating import Environment


class Templates(Environment):
    """Templates that all have the same globals, as one plain mapping.

    Jinja would chain a mapping of its own before it for each template, and looks through the
    chain at every import: a tenth of what rendering a page costs.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The globals of the environment. Raises: TypeError for globals of one template."""
        if d:
            raise TypeError("a template has no globals of its own here")
        return self.globals


class SiteApp(Flask):
    """Flask with our templates, and with a memory for addresses that have no parts."""

    jinja_environment = Templates

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._addresses: dict[tuple[str, str], str] = {}

    def url_for(self, endpoint: str, **values: Any) -> str:
        """The address of a page; one without parts is built once for each root of the site."""
        if values or endpoint.startswith(".") or not has_request_context():
            return super().url_for(endpoint, **values)
        key = (request.root_path, endpoint)
        known = self._addresses.get(key)
        if known is None:
            known = self._addresses[key] = super().url_for(endpoint)
        return known
