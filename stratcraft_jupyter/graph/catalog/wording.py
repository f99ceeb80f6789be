"""What a kind means, in the words that forms and boxes show: titles in place of names."""

import re

from stratcraft_jupyter.graph.catalog.base import Kind, Port


def meaning_of(kind: Kind) -> str:
    """What a kind means in one sentence, then its ports, a line each."""
    sentence = re.split(r"(?<=[.])\s", semantics_in_words(kind), maxsplit=1)[0]
    lines = [sentence or f"{kind.help[:1].upper()}{kind.help[1:]}."]
    for word, ports in (("In", kind.inputs), ("Out", kind.outputs)):
        if ports:
            lines.append(f"{word}: {', '.join(map(_port_in_words, ports))}.")
    return "\n".join(lines)


def semantics_in_words(kind: Kind) -> str:
    """What a kind means exactly, with titles in place of the names that code and documents use."""
    titles = {port.name: port.title for port in kind.outputs}
    titles |= {param.name: f"“{param.title}”" for param in kind.params}

    def titled(found: re.Match[str]) -> str:
        title, after = titles[found["name"]], found["after"] or ""
        # "the last “Bars” bars" says it twice
        return title if after.strip() == title.strip("“”").lower() else title + after

    names = "|".join(sorted(map(re.escape, titles), key=len, reverse=True))
    text = kind.semantics
    if names:
        text = re.sub(rf"`(?P<name>{names})`(?P<after> \w+)?", titled, text)
    # within a formula only what no reader would take for a word
    coded = "|".join(sorted((name for name in titles if "_" in name), key=len, reverse=True))
    if coded:
        text = re.sub(rf"\b(?P<name>{coded})\b(?P<after>)", titled, text)
    return text.replace("`", "")


def _port_in_words(port: Port) -> str:
    parts = [port.type, *(["several"] if port.multiple else [])]
    parts += [] if port.required else ["optional"]
    return f"{port.title} ({', '.join(parts)})"
