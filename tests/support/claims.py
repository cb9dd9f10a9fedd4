"""Which page carries which claim of the owner's document (content brief 1.1). C21 is a typing error.

The words that prove a claim stand in the `[claims]` table of each page in content/starter/pages/.
"""

# "On this page" and the headings carry C02; the template makes both, test_page_view.py tests them.
CLAIMS = {
    "/": "C01 C05 C22 C23 C67 C68 C69 C70 C71 C72 C74",
    "/overdose-help/": "C39",
    "/what-is-heroin/": "C03 C04 C06 C07 C08 C09 C10 C11 C12 C13 C14 C15 C16 C17 C18 C19 C20 C26",
    "/signs/": "C24 C25 C26 C27 C28 C29 C30 C31 C32 C33 C34 C35 C36 C37 C38 C39 C40 C41 C42 C43 C44 C45"
    " C46 C47 C48 C49 C50 C51 C52",
    "/withdrawal/": "C05 C44 C53 C54 C55 C56 C57 C58 C59 C60 C61",
    "/treatment/": "C01 C23 C54 C55 C62 C63 C64 C65 C66 C71",
    "/help-someone/": "C22 C46 C47 C48 C50 C51 C52",
    "/faq/": "C04 C19",
    "/about/": "C64 C67 C68 C69 C70 C71 C72 C73 C74",
    "/privacy/": "C73 C74",
}
PATHS = [*CLAIMS, "/using-this-site-safely/", "/accessibility/"]
