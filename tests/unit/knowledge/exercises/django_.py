"""Django: applications, middleware, backends and commands by the names in settings, templates and translations."""

import sys
import types

import django
from django.conf import settings
from django.contrib import admin
from django.core.management import call_command
from django.test import Client
from django.urls import path

APPS = ("admin", "auth", "contenttypes", "messages", "sessions", "staticfiles")
settings.configure(
    ALLOWED_HOSTS=["*"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    DEBUG=True,
    INSTALLED_APPS=[f"django.contrib.{name}" for name in APPS],
    LANGUAGE_CODE="de",
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.locale.LocaleMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
    ],
    ROOT_URLCONF="urls",
    SECRET_KEY="secret",
    STATIC_URL="static/",
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                ]
            },
        }
    ],
)
django.setup()
urls = sys.modules["urls"] = types.ModuleType("urls")
vars(urls)["urlpatterns"] = [path("admin/", admin.site.urls)]

call_command("migrate", verbosity=0)
call_command("check")
call_command("showmigrations")
call_command("findstatic", "admin/css/base.css")

from django.contrib.auth.models import User  # noqa: E402 - only after the setup

User.objects.create_superuser("root", password="a long pass-word")
client = Client()
assert client.login(username="root", password="a long pass-word")
for page in ("/admin/", "/admin/auth/user/", "/admin/auth/user/add/", "/admin/absent/"):
    assert "html" in client.get(page, headers={"accept-language": "fr"}).content.decode()
