"""Links that lead nowhere: those to our own pages at once, those to other sites once a week.

Called by the start page and the screen of dead links; vtc_site/background.py runs `checking.check_next`.
"""

from content.page_checks.dead_links.places import dead_links, links_to

__all__ = ["dead_links", "links_to"]
