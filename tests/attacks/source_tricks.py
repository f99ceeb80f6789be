"""Sources that read other than they run."""

import base64
import zlib

from attacks.attack import at_start, family, module, with_class

GONE = "open(CANARY, 'w').write('gone')"
PACKED = base64.b85encode(zlib.compress(GONE.encode())).decode()

ATTACKS = family(
    "source tricks",
    {
        "letters of another width": with_class(
            "\uff4f\uff50\uff45\uff4e(CANARY, 'w').write('gone')"
        ),
        "letters of mathematics": with_class("\U0001d526\U0001d52a\U0001d52d = CANARY\n" + GONE),
        "a comment that turns the text": with_class(
            "# \u202e harmless \u2066 if False: \u2069 \u2066\n" + GONE
        ),
        "a string that turns the text": with_class(
            "note = 'harmless\u202e \u2066'; " + GONE + " # \u2069\u2066"
        ),
        "form feeds": with_class("\f\fif True:\n\f" + "    " + GONE),
        "far to the right": with_class("period = 3" + " " * 5_000 + "; " + GONE),
        "a backslash at the end": with_class("period = 3; \\\n" + GONE),
        "escaped letters": at_start("getattr(bt, '\\x6f\\x73').remove(CANARY)"),
        "letters by number": at_start("getattr(bt, ''.join(map(chr, (111, 115)))).remove(CANARY)"),
        "packed text": at_start(
            f"exec(zlib.decompress(base64.b85decode({PACKED!r})))", before="import base64, zlib"
        ),
        "turned letters": at_start(
            "exec(codecs.decode(\"bcra(PNANEL, 'j')\", 'rot13'))",
            before="import codecs",
        ),
        "marshalled code": at_start(
            f"exec(marshal.loads(marshal.dumps(compile(\"{GONE}\", 'm', 'exec'))))",
            before="import marshal",
        ),
        "an encoding of its own": module(
            "# coding: rot13\n" + f"class S(bt.Strategy):\n    {GONE}\n"
        ),
        "a name that looks like another": with_class(
            "\u043e\u0440en = open\n\u043e\u0440en(CANARY, 'w')"
        ),
    },
)
