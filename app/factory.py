"""Puts the app together, step by step. The only module that knows all the parts."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from flask import Flask
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from app.config import Settings, read_settings
from app.library.places import find_places
from app.services.sign_in import STAYS_OPEN
from app.web.account import bp as account
from app.web.admin import bp as admin
from app.web.credentials import bp as credentials
from app.web.exam import bp as exam
from app.web.hours import bp as hours
from app.web.learn import bp as learn
from app.web.play import bp as play
from app.web.shared.assets import Assets
from app.web.shared.compression import install_compression
from app.web.shared.content_keeper import install_content
from app.web.shared.database import bind_database
from app.web.shared.errors import install_errors
from app.web.shared.filters import install_filters
from app.web.shared.guard import refuse_foreign_posts, refuse_json_bodies
from app.web.shared.headers import install_headers
from app.web.shared.housekeeping import start_housekeeping
from app.web.shared.packet_maker import install_packet_maker
from app.web.shared.render import install_globals
from app.web.shared.site_app import SiteApp
from app.web.site import bp as site
from app.web.studio import bp as studio
from app.web.team import bp as team

WEB = Path(__file__).with_name("web")
LARGEST_REQUEST = 1_000_000  # bytes; the largest form is far below it
LARGEST_FORM_PARTS = 500


def create_app(settings: Settings | None = None) -> Flask:
    """Makes a WSGI app from settings, or from the environment."""
    settings = read_settings() if settings is None else settings
    app = SiteApp("app", template_folder=str(WEB / "templates"), static_folder=None)
    configure(app, settings)
    install_errors(app)
    install_headers(app, https=settings.uses_https)
    install_compression(app)
    app.before_request(refuse_foreign_posts())
    app.before_request(refuse_json_bodies)
    CSRFProtect(app)
    install_globals(app, install_assets(app))  # after it: ours works the token out once a page
    install_filters(app)
    bind_database(app, settings.database_url)
    install_content(app, find_places(settings.content_dir, settings.scenarios_dir))
    install_packet_maker(app)
    for bp in (site, account, learn, exam, play, hours, credentials, studio, team, admin):
        app.register_blueprint(bp)
    return app


def create_serving_app() -> Flask:
    """Makes the app of a process of its own, with what it does beside answering requests."""
    app = create_app()
    start_housekeeping(app)
    return app


def configure(app: Flask, settings: Settings) -> None:
    """Sets what Flask and its extensions read, and nothing that changes later."""
    app.config.update(
        WAYMARK=settings,
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="__Host-waymark" if settings.uses_https else "waymark",
        SESSION_COOKIE_SECURE=settings.uses_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=STAYS_OPEN + timedelta(days=76),
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        MAX_FORM_MEMORY_SIZE=LARGEST_REQUEST,
        MAX_FORM_PARTS=LARGEST_FORM_PARTS,
        WTF_CSRF_TIME_LIMIT=None,  # as long as the sign-in; an exam page may stay open for hours
        WTF_CSRF_SSL_STRICT=settings.uses_https,
    )
    if settings.uses_https:
        app.config["TRUSTED_HOSTS"] = [settings.host]
    if settings.proxy_hops:
        hops = settings.proxy_hops
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # the way Flask documents it
            app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops
        )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True


def install_assets(app: Flask) -> Assets:
    """Reads the static files once and names each by its content."""
    assets = Assets(WEB / "static")
    app.extensions["waymark-assets"] = assets
    return assets
