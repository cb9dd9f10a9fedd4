"""The sitemap: every live page with its last change."""

from django.conf import settings
from django.contrib.sitemaps import Sitemap

from content import facts


class PageSitemap(Sitemap):
    protocol = settings.SITE_URL.partition(":")[0]

    def items(self):
        return facts.current().topics

    def location(self, topic):
        return topic.path

    def lastmod(self, topic):
        return topic.live_from

    def get_domain(self, site=None):
        return settings.SITE_URL.partition("://")[2]
