"""The view-less widget through which the labextension and Python talk."""

from typing import Any

from ipywidgets import Widget
from traitlets import Unicode

FRONT_END_MODULE = "stratcraft-jupyter"
FRONT_END_VERSION = "^0.1.0"  # versions of the labextension that speak this protocol


class Bridge(Widget):  # type: ignore[misc]  # ipywidgets ships no types
    """A model without a view; it exists in the page only where the labextension is installed."""

    _model_name = Unicode("BridgeModel").tag(sync=True)
    _model_module = Unicode(FRONT_END_MODULE).tag(sync=True)
    _model_module_version = Unicode(FRONT_END_VERSION).tag(sync=True)

    builder_id = Unicode().tag(sync=True)
    """The builder whose messages these are."""

    def __init__(self, builder_id: str, **kwargs: Any) -> None:  # noqa: ANN401 - traits
        super().__init__(builder_id=builder_id, **kwargs)
