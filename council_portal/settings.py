"""Every setting of the portal; what differs between machines comes from the environment (see README)."""

from pathlib import Path
from urllib.parse import urlsplit

import pghistory
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from environs import Env

from council_portal import embedded, stores

env = Env()
BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.str("COUNCIL_VAR", str(BASE_DIR / "var")))

DEBUG = env.bool("DEBUG", False)
SECRET_KEY = env.str("SECRET_KEY", "trial-key-of-a-checkout-in-debug-mode" if DEBUG else "")
if not SECRET_KEY:
    raise ImproperlyConfigured("Set SECRET_KEY, or DEBUG=1 on a machine for trials.")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"] if DEBUG else [])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", [])

INSTALLED_APPS = [
    "publications",
    "committees",
    "meetings",
    "members",
    "council_portal.issuing",
    "council_portal.notices",
    "council_portal.search",
    "council_portal.files",
    "council_portal.access",
    "council_portal.persian",
    "council_portal",
    "council_portal.administration.apps.CouncilAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",  # its widgets' templates, which FORM_RENDERER finds among the others
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_filters",
    "django_prose_editor",
    "js_asset",
    "procrastinate.contrib.django",
    "pgtrigger",
    "pghistory",
    "rules.apps.AutodiscoverRulesConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "council_portal.sessions.WellFormedSessionMiddleware",
    "council_portal.unchanged.UnchangedPagesMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "council_portal.language.ChosenLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "council_portal.wordless.WordlessAnswersMiddleware",
    "council_portal.encoding.PlainFormsMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "council_portal.moved.MovedPagesMiddleware",
    "council_portal.files.serving.UnavailableFilesMiddleware",
]

ROOT_URLCONF = "council_portal.urls"
WSGI_APPLICATION = "council_portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "council_portal.content.mark.demo_mark",
                "council_portal.notices.unread.unread",
            ],
            "libraries": {"council_admin": "council_portal.administration.template_tags"},
            "builtins": ["council_portal.persian.templatetags.persian"],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

if env.str("DATABASE_URL", ""):
    DATABASES = {"default": env.dj_db_url("DATABASE_URL", conn_max_age=600)}
else:
    DATABASES = {
        "default": embedded.database(VAR_DIR / "postgresql", server_options=env.str("EMBEDDED_SERVER_OPTIONS", ""))
        | {"CONN_MAX_AGE": 600}
    }
# No query here runs so long that it would pay to compile it first.
DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Each process keeps its own pages: a tag names one state of the archive, so they need not agree.
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "TIMEOUT": 24 * 3600,
        "OPTIONS": {"MAX_ENTRIES": env.int("KEPT_PAGES", 500)},
    },
    # Which stored files this process has hashed, and found to be what they were: see files/reading.py.
    "proofs": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "proofs",
        "TIMEOUT": 3600,
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
}
# Here a page is more than its content: forms that are worked in, sign-in, and whether the machine is well.
ALWAYS_RENDERED = ("/admin/", "/accounts/", "/desk/", "/inbox/", "/papers/", "/language/", "/healthz")
PROCRASTINATE_ON_APP_READY = "council_portal.files.checking.watch_queue"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PGHISTORY_APPEND_ONLY = True
PGHISTORY_DEFAULT_TRACKERS = (pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())

AUTH_USER_MODEL = "members.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "members.accounts.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
ACCOUNT_ADAPTER = "members.accounts.AccountAdapter"
ACCOUNT_FORMS = {"login": "members.accounts.LoginForm"}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_USER_DISPLAY = str  # people by their names
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"

# Mail. Without a server named it is written to a folder, so that a trial tells nobody anything.
EMAIL_HOST, EMAIL_PORT = env.str("EMAIL_HOST", ""), env.int("EMAIL_PORT", 25)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_USER", ""), env.str("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS, EMAIL_USE_SSL = env.bool("EMAIL_USE_TLS", False), env.bool("EMAIL_USE_SSL", False)
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
EMAIL_TIMEOUT = 30
# Where letters lead: the portal's own address, as its readers reach it.
PORTAL_URL = env.str(
    "PORTAL_URL", f"https://{ALLOWED_HOSTS[0]}" if ALLOWED_HOSTS and not DEBUG else "http://127.0.0.1:8000"
).rstrip("/")
MAIL_DOMAIN = urlsplit(PORTAL_URL).hostname
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", f"portal@{MAIL_DOMAIN}")

# The council's certificate, with which issued documents are signed: a PKCS#12 file. Without one nothing is published.
SIGNING_CERTIFICATE = env.str("SIGNING_CERTIFICATE", "")
SIGNING_PASSWORD = env.str("SIGNING_PASSWORD", "")
SIGNING_FINGERPRINTS = [one.replace(":", "").lower() for one in env.list("SIGNING_FINGERPRINTS", [])]

# Persian is the language of the portal; English can be chosen.
LANGUAGE_CODE = "fa"
LANGUAGES = [("fa", _("Persian")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Tehran"
USE_TZ = True
FIRST_DAY_OF_WEEK = 6
WEEKEND = [4]  # Python's weekday(): Monday is 0, Friday is 4

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = VAR_DIR / "files"
FILES_MAX_BYTES = env.int("FILES_MAX_MEGABYTES", 50) * 1024**2
# An assembly of 120 members is one form in the admin, a dozen fields for each of them; Django's limit is 1,000.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
# So are the minutes of a meeting, and a browser sends six bytes for a Persian letter; Django's limit is 2.5 MB.
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024**2
FILES_MAX_PIXELS = 60_000_000  # beyond every camera of an office, and 180 MB when decoded
STORAGES = {
    "default": stores.files_in(env.str("FILES_S3", "")),
    "staticfiles": {"BACKEND": "council_portal.stylesheets.StaticFilesStorage"},
}
# A page is served with the static files of the last `collectstatic`, in trials as in production.
WHITENOISE_MANIFEST_STRICT = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["jpg", "jpeg", "png", "gif", "webp", "zip", "gz", "br", "woff", "woff2", "map"]

# Whether a save indexes for search what it changes; else the queue does, a minute later.
SEARCH_INDEXES_SAVES = True

# A document of more pages, by a guess, is made by the queue while its reader waits elsewhere.
PAPER_PAGES_AT_ONCE = env.int("PAPER_PAGES_AT_ONCE", 20)

CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "img-src": [SELF, "data:"],
    }
}
PERMISSIONS_POLICY = {feature: [] for feature in ("camera", "geolocation", "microphone", "payment", "usb")}
# Plain HTTP is for trials on one's own machine.
HTTPS = env.bool("HTTPS", not DEBUG)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", 365 * 24 * 3600) if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
if env.bool("BEHIND_TLS_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # Who asks, where attempts are counted: the proxy adds the address to what the client sent.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
X_FRAME_OPTIONS = "DENY"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "WARNING")},
    "loggers": {
        # It warns of each rule for the screen that a style sheet shared with the pages holds.
        "weasyprint": {"level": "ERROR"},
        "fontTools": {"level": "ERROR"},
        # How far a document has come; heard by issuing.making alone.
        "weasyprint.progress": {"level": "INFO", "propagate": False},
    },
}
