"""The providers that are installed: ours and those of other packages, through the same door."""

from importlib.metadata import EntryPoint, entry_points

from stratcraft_jupyter.errors import StratCraftError, UnknownNameError
from stratcraft_jupyter.providers.base import Provider

GROUP = "stratcraft_jupyter.providers"
_OURS = "stratcraft-jupyter"
# ours in the order in which they are offered
_FIRST = ("openai", "anthropic", "compatible", "replay")
_ATTRIBUTES = {
    "name": str,
    "title": str,
    "key_variable": str,
    "needs_key": bool,
    "needs_base_url": bool,
}
_METHODS = ("list_models", "count_tokens", "stream")


class ProviderPluginError(StratCraftError):
    """A package that offers a provider which cannot be used."""


def provider_names() -> tuple[str, ...]:
    """Names of the providers, ours first."""
    return tuple(_found())


def provider_class(name: str) -> type[Provider]:
    """The class registered under a name.

    Raises:
        UnknownNameError: No package registers it.
        ProviderPluginError: A package registers it, but it cannot be used.
    """
    found = _found()
    if name not in found:
        raise UnknownNameError("provider", name, found)
    entry = found[name]
    origin = f"The provider {name!r} of the package {_package_of(entry)}"
    hint = "Update or remove that package, or choose another provider."
    try:
        loaded = entry.load()
    except Exception as error:  # a package of others may raise anything
        raise ProviderPluginError(
            f"{origin} cannot be loaded ({type(error).__name__}: {error}).", hint=hint
        ) from error
    problem = _problem_of(loaded, name)
    if problem:
        raise ProviderPluginError(f"{origin} cannot be used: {problem}.", hint=hint)
    checked: type[Provider] = loaded
    return checked


def split_model(model: str) -> tuple[str, str]:
    """Splits ``"openai:gpt-x"`` into the provider's name and the model's id.

    Raises:
        StratCraftError: It is no such text.
        UnknownNameError: No provider has this name.
    """
    provider, colon, name = str(model).strip().partition(":")
    provider = provider.strip()
    if not colon:
        raise StratCraftError(
            f"{model!r} does not name a provider and a model.",
            hint="Write them with a colon between, such as 'openai:MODEL', or 'builtin'.",
        )
    names = provider_names()
    if not provider:
        raise StratCraftError(
            f"{model!r} names no provider.",
            hint=f"Write one before the colon: {', '.join(names)}.",
        )
    if provider not in names:
        raise UnknownNameError("provider", provider, names)
    if not name.strip():
        raise StratCraftError(
            f"{model!r} names no model.",
            hint=f"Write its name behind the colon, such as '{provider}:MODEL'.",
        )
    return provider, name.strip()


def _found() -> dict[str, EntryPoint]:
    """Entry points by name; no other package can take the place of one of ours."""
    entries = sorted(entry_points(group=GROUP), key=_rank)
    found: dict[str, EntryPoint] = {}
    for entry in entries:
        found.setdefault(entry.name, entry)
    return found


def _rank(entry: EntryPoint) -> tuple[bool, int, str, str]:
    place = _FIRST.index(entry.name) if entry.name in _FIRST else len(_FIRST)
    return (_distribution_of(entry) != _OURS, place, entry.name, _package_of(entry))


def _distribution_of(entry: EntryPoint) -> str:
    return entry.dist.name if entry.dist is not None else ""


def _package_of(entry: EntryPoint) -> str:
    if entry.dist is None:
        return repr(entry.value.partition(":")[0])
    return f"{entry.dist.name} {entry.dist.version}"


def _problem_of(loaded: object, name: str) -> str:
    """Why something is no class of a provider; empty if it is one."""
    if not isinstance(loaded, type):
        return "it is no class"
    for attribute, kind in _ATTRIBUTES.items():
        if not isinstance(getattr(loaded, attribute, None), kind):
            return f"{loaded.__name__}.{attribute} must be a {kind.__name__}"
    for method in _METHODS:
        if not callable(getattr(loaded, method, None)):
            return f"{loaded.__name__} has no method {method}"
    own_name = getattr(loaded, "name", "")
    return "" if own_name == name else f"{loaded.__name__}.name is {own_name!r}"
