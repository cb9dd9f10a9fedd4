/* `honestLink(href)`: the address that a pasted link means, without the servers and the marks that count clicks on the
   way; "" where it leads nowhere. Called by pasted-text.js. */
window.honestLink = (function () {
  const TRACKER = /^(utm_\w+|fbclid|gclid|msclkid|mc_[ce]id|igshid)$/;

  function target(url) {
    const { hostname, pathname, searchParams } = url;
    if (/(^|\.)google\.[a-z.]+$/.test(hostname) && pathname === "/url") return searchParams.get("q") || searchParams.get("url");
    if (/\.safelinks\.protection\.outlook\.com$/.test(hostname) || /safelinks/.test(pathname)) return searchParams.get("url");
    if (/(^|\.)facebook\.com$/.test(hostname) && pathname === "/l.php") return searchParams.get("u");
    if (hostname === "urldefense.com") return (url.href.match(/\/v3\/__(.+?)__;/) || [])[1];
    return null;
  }

  function honest(href) {
    if (/^\/(?!\/)/.test(href)) return href;
    if (!/^(https?:\/\/|mailto:|tel:|sms:)/i.test(href) || !URL.canParse(href)) return "";
    const url = new URL(href);
    const behind = target(url);
    if (behind) return honest(behind);
    const trackers = [...url.searchParams.keys()].filter((name) => TRACKER.test(name));
    trackers.forEach((name) => url.searchParams.delete(name));
    if (url.origin === location.origin) return url.pathname + url.search + url.hash;
    return trackers.length ? url.href : href;
  }

  return honest;
})();
