"""Answers of models: every shape in which code has been seen to arrive."""

CODE = '''"""Buys dips.

Not below 3 < x & y.
"""

import backtrader as bt


class Dips(bt.Strategy):
    params = {"low": 30}

    def __init__(self):
        self.rsi = bt.ind.RSI(self.data.close, period=14, safediv=True)

    def next(self):
        if not self.position and self.rsi[0] < self.p.low:
            self.buy(size=10)
        elif self.position and self.rsi[0] > 100 - self.p.low:
            self.close()
'''

OTHER = CODE.replace("Dips", "Rallies").replace("30", "20")
F = "```"
FENCED = f"{F}python\n{CODE}{F}"


def escaped(code: str) -> str:
    for char, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        code = code.replace(char, entity)
    return code


def indented(text: str, by: str) -> str:
    return "\n".join(by + line if line else line for line in text.split("\n"))


WHOLE = {
    "code_alone": CODE,
    "a_fence": FENCED,
    "words_around_a_fence": f"Here it is.\n\n{FENCED}\n\nIt buys dips. Don't risk too much!",
    "no_language": f"{F}\n{CODE}{F}",
    "py": f"{F}py\n{CODE}{F}",
    "upper_case": f"{F}Python\n{CODE}{F}",
    "a_file_name": f"{F}python title=strategy.py\n{CODE}{F}",
    "braces": f"{F}{{python}}\n{CODE}{F}",
    "tildes": f"~~~python\n{CODE}~~~",
    "four_backticks": f"{F}`python\n{CODE}{F}`",
    "space_behind_the_fence": f"{F}python  \n{CODE}{F}  \n",
    "unclosed": f"Sure:\n{F}python\n{CODE}",
    "unclosed_with_words_behind": f"{F}python\n{CODE}\nThis strategy buys dips.\nIt's simple.",
    "unopened": f"{CODE}{F}\n\nThis strategy buys dips.",
    "within_markdown": f"{F}markdown\n# Dips\n\n{FENCED}\n\nDone.\n{F}",
    "within_tildes": f"~~~~\n{FENCED}\n~~~~",
    "within_a_list": "1. The code:\n\n" + indented(FENCED, "   "),
    "quoted": indented(FENCED, "> "),
    "indented": indented(CODE, "    "),
    "shell_before": f"{F}bash\npip install backtrader\n{F}\n\n{FENCED}",
    "usage_behind": f"{FENCED}\n\nRun it:\n\n{F}python\ncerebro = bt.Cerebro()\ncerebro.run()\n{F}",
    "part_before": f"First:\n{F}python\nimport backtrader as bt\n{F}\nAll:\n{FENCED}",
    "repeated": f"{FENCED}\n\nAgain, the whole:\n\n{FENCED}",
    "prose_around": f"Of course.\n\n{CODE}\nThis strategy buys dips.\nIt's simple (see above.\n",
    "prose_with_colons": f"Note: a draft\nWarning: no advice\n\n{CODE}\nNote: test it first\n",
    "one_word_behind": f"{CODE}\nDone\n",
    "thinking": f"<think>\nThe user wants dips.\n</think>\n\n{FENCED}",
    "thinking_on_one_line": f"<think>Hm.</think>{FENCED}",
    "thinking_with_a_draft": f"<think>\n{F}python\n{OTHER}{F}\n</think>\n{FENCED}",
    "thinking_with_an_open_fence": f"<think>\n{F}python\n{OTHER}\n</think>\n{FENCED}",
    "thinking_twice": f"<think>a</think>\nHm.\n<think>b\nc</think>\n{FENCED}",
    "thinking_without_opening": f"The user wants dips.\n</think>\n\n{FENCED}",
    "draft_without_opening": f"Draft:\n{F}python\n{OTHER}{F}\nNo.\n</think>\n{FENCED}",
    "thinking_in_capitals": f"<THINKING>\nHm.\n</THINKING>\n{FENCED}",
    "reasoning_tag": f"<reasoning>Hm.</reasoning>\n{FENCED}",
    "thinking_before_bare_code": f"<think>\nHm.\n</think>\n{CODE}",
    "mark_of_a_file": "\ufeff" + CODE,
    "mark_in_a_fence": f"{F}python\n\ufeff{CODE}{F}",
    "windows_line_ends": FENCED.replace("\n", "\r\n"),
    "old_mac_line_ends": FENCED.replace("\n", "\r"),
    "entities": f"{F}python\n{escaped(CODE)}{F}",
    "entities_alone": escaped(CODE),
    "html": f'<p>Here:</p>\n<pre><code class="language-python">{escaped(CODE)}</code></pre>',
    "html_without_entities": f"<pre><code>{CODE}</code></pre>\n<p>Bye</p>",
    "xml_tags": f"<answer>\n{CODE}</answer>",
    "many_empty_lines": f"\n\n\n{F}python\n\n\n\n{CODE}\n\n\n{F}\n\n",
}
"""Answers that hold `CODE` to the letter, and nothing that has to be told."""

VERSIONS = {
    "two_versions": f"First:\n{F}python\n{OTHER}{F}\nBetter:\n{FENCED}",
    "broken_last": f"{FENCED}\nOr:\n{F}python\nclass Bad(bt.Strategy):\n    def next(self:\n{F}",
}

DOCSTRING_WITH_FENCES = CODE.replace(
    "Not below", f"Use it so:\n\n{F}python\ncerebro.addstrategy(Dips)\n{F}\n\nNot below"
)
DOCSTRING_WITH_BARE_FENCES = DOCSTRING_WITH_FENCES.replace(f"{F}python", F)
TEXTS_WITH_ENTITIES = CODE.replace("Buys dips.", "Buys &lt;dips&gt; &amp; more.")
COMMENT_WITH_THINK = CODE.replace("import backtrader", "# <think> about it\nimport backtrader")

SPREAD = f"""First the indicator:

{F}python
import backtrader as bt


class Mean(bt.Indicator):
    lines = ("value",)

    def next(self):
        self.lines.value[0] = (self.data.high[0] + self.data.low[0]) / 2
{F}

Then the strategy:

{F}python
class Dips(bt.Strategy):
    def __init__(self):
        self.mean = Mean(self.data)

    def next(self):
        if self.data.close[0] < self.mean[0]:
            self.buy(size=1)
        else:
            self.close()
{F}
"""

NO_CODE = {
    "hello": "Hello! How can I help you today?",
    "a_question": "Which period should the RSI have?",
    "a_plan": "1. Compute the RSI.\n2. Buy below 30.\n3. Sell above 70.",
    "other_code": f"{F}bash\npip install backtrader\n{F}",
    "json": '{"error": "overloaded"}',
    "html": "<html><body>Bad gateway</body></html>",
    "inline_code": "Use `self.buy()` when ```rsi < 30``` holds.",
}

REFUSALS = {
    "cannot": "I'm sorry, but I can't help with trading strategies.",
    "cannot_typeset": "I'm sorry, I can't.".replace("'", "\N{RIGHT SINGLE QUOTATION MARK}"),
    "unable": "I am unable to assist with that request.",
    "decline": "I must decline.",
}
