"""The sitemap: every live page with its last change, and what else search engines should know."""

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from content.caching import site_facts
from content.models import languages


class _OwnAddress(Sitemap):
    protocol = settings.SITE_URL.partition(":")[0]

    def get_domain(self, site=None):
        return settings.SITE_URL.partition("://")[2]


class PageSitemap(_OwnAddress):
    def items(self):
        return site_facts.current().topics

    def location(self, topic):
        return topic.path

    def lastmod(self, topic):
        return topic.live_from

    def get_urls(self, *args, **kwargs):
        """Return the entries, each with the addresses of the same page in other languages."""
        topics, urls = self.items(), super().get_urls(*args, **kwargs)
        for url in urls:
            same = languages.alternates(url["item"].path, topics)
            url["alternates"] = [
                {"lang_code": code, "location": settings.SITE_URL + path} for code, path in same
            ]
        return urls


class OtherSitemap(_OwnAddress):
    """Addresses that are no pages of staff: `names` of their URLs."""

    def __init__(self, *names):
        self.names = names

    def items(self):
        return self.names

    def location(self, name):
        return reverse(name)
