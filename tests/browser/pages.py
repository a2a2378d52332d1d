"""Websites that have the chat in them: what an owner would paste, under a strict policy."""

_FILLING = "<p>We sell ladders. They are long, light and orange.</p>" * 12


def _page(body: str, head: str = "", attributes: str = 'lang="en"') -> str:
    return (
        f"<!doctype html><html {attributes}><head><meta charset=utf-8>"
        '<meta name="viewport" content="width=device-width, initial-scale=1"><title>Ladders</title>'
        f"{head}</head><body><h1>Ladders</h1>{body}{_FILLING}</body></html>"
    )


HOST_PAGES = {
    "nonce": _page("", '<script nonce="r4nd0m" src="/widget.js" data-script="talk" defer></script>'),
    "two-servers": _page(
        "",
        '<script src="{{public_url}}/widget.js" data-script="talk" defer></script>'
        '<script src="/widget.js" data-script="crm-guide" defer></script>',
    ),
    "blank": _page("", ""),
    "speechless": _page("", '<script src="/widget.js" data-script="talk" defer></script>', ""),
    "shop": _page("", '<script src="/widget.js" data-script="crm-guide" defer></script>'),
    "shop-more": _page("", '<script src="/widget.js" data-script="crm-guide" defer></script>'),
    "talk": _page("", '<script src="/widget.js" data-script="talk" defer></script>'),
    "german": _page("", '<script src="/widget.js" data-script="talk" defer></script>', 'lang="de"'),
    "arabic": _page("", '<script src="/widget.js" data-script="arabic" defer></script>', 'lang="ar" dir="rtl"'),
    "trap": _page("", '<script src="/widget.js" data-script="trap" defer></script>'),
    "pricing": _page(_FILLING * 5, '<script src="/widget.js" data-script="talk" defer></script>'),
    "forgetful": _page("", '<script src="/widget.js" data-script="talk" data-remember="off" defer></script>'),
    "elsewhere": _page("", '<script src="{{public_url}}/widget.js" data-script="talk" defer></script>'),
    "loud": _page(
        "", '<link rel="stylesheet" href="/page/loud.css"><script src="/widget.js" data-script="talk" defer></script>'
    ),
    "unknown": _page("", '<script src="/widget.js" data-script="nobody" defer></script>'),
    "inline": _page(
        '<handraiser-chat script="crm-guide" mode="inline"></handraiser-chat>',
        '<script src="/widget.js" defer></script>',
    ),
    "popup": _page(
        '<p><a href="#handraiser">Talk to us</a> <button type=button data-handraiser-open>Ask us</button></p>',
        '<script src="/widget.js" data-script="crm-guide" data-mode="popup" defer></script>',
    ),
    "two": _page(
        '<handraiser-chat script="talk" mode="inline" id="one"></handraiser-chat>'
        '<handraiser-chat script="crm-guide" mode="inline" id="other"></handraiser-chat>',
        '<script src="/widget.js" defer></script>',
    ),
}

LOUD_STYLE = """
* { color: red !important; font-size: 40px !important; }
body { font: 40px serif; letter-spacing: 9px; line-height: 3; text-transform: uppercase; text-align: center; }
button, input, textarea, div, p { display: none !important; }
"""
