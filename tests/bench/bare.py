"""What ours is compared with: a Django view without middleware that returns a finished page as it is."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import re_path

with open(os.environ["BENCH_FOLDER"] + "/page.html", "rb") as file:
    PAGE = file.read()


def page(request, path):
    return HttpResponse(PAGE)


urlpatterns = [re_path("(.*)", page)]
settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY="x" * 50, MIDDLEWARE=[])
application = get_wsgi_application()
