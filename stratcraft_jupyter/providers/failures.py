"""From what an SDK raised, or how its stream ended, to the one fault that the user is shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from stratcraft_jupyter.providers.address import has_proxy, shown_address
from stratcraft_jupyter.providers.base import Charged, Fault, FaultCode
from stratcraft_jupyter.providers.classify import fault_code, refused_parameter
from stratcraft_jupyter.providers.clean_text import clean_text
from stratcraft_jupyter.providers.complaints import Complaint, read_complaint
from stratcraft_jupyter.providers.faults import make_fault
from stratcraft_jupyter.providers.reading import StreamReader
from stratcraft_jupyter.providers.transport import transport_fault

# Here the server knows better than we do, so it is quoted.
_QUOTED: frozenset[FaultCode] = frozenset({"bad_request", "server_error", "proxy", "unexpected"})


@dataclass(frozen=True, slots=True)
class Failures:
    """Makes faults of one connection.

    Attributes:
        who: The other side, as the user knows it.
        url: Where requests go.
        is_own_address: Whether that is the provider's own address.
        url_hint: What to do about a wrong address.
        proxy: The proxy chosen by the user.
        key: The key in use; no part of it gets into a fault.
    """

    who: str
    url: str
    is_own_address: bool
    url_hint: str
    proxy: str = field(default="", repr=False)
    key: str = field(default="", repr=False)

    def of_complaint(
        self,
        complaint: Complaint,
        model: str,
        sent: tuple[str, ...] = (),
        reader: StreamReader | None = None,
    ) -> Fault:
        """The fault a server complains of.

        Args:
            complaint: The complaint.
            model: The model that was asked for.
            sent: Parameters that can be left out, as far as they were sent.
            reader: What read the stream, if it was in a stream.
        """
        code = fault_code(complaint)
        parameter = None
        if code in ("bad_request", "server_error"):
            parameter = refused_parameter(complaint, sent)
            code = "refused_parameter" if parameter else code
        said = clean_text(complaint.message, self.key) if code in _QUOTED else ""
        if code == "not_a_stream":
            said = "a web page"
        return make_fault(
            code,
            self.who,
            model=model,
            url=shown_address(self.url),
            detail=said,
            hint=self._hint(code, complaint),
            charged=None if reader is None and complaint.status >= 300 else charged_so_far(reader),
            retry_after=complaint.retry_after,
            parameter=parameter,
        )

    def of_exception(
        self, error: BaseException, reader: StreamReader | None, *, is_question: bool = False
    ) -> Fault:
        """The fault behind an exception that is no complaint of the server.

        Args:
            error: What was raised.
            reader: What read the stream, if there was one.
            is_question: Whether it was about the models only, which costs nothing.
        """
        found = transport_fault(
            error, has_begun=reader is not None, has_proxy=has_proxy(self.url, self.proxy)
        )
        charged: Charged = "no"
        if found.has_left and not is_question:
            charged = "yes" if reader is not None and reader.has_text else "maybe"
        return make_fault(
            found.code,
            self.who,
            url=shown_address(self.url),
            detail=clean_text(found.detail, self.key),
            hint=self.url_hint if found.code == "wrong_base_url" else "",
            charged=charged,
        )

    def of_body(self, body: bytes, headers: Mapping[str, str], model: str) -> Fault | None:
        """The fault of a response that is a page or JSON; None if it is a stream."""
        kind = content_type(headers)
        if "html" in kind:
            return self._not_a_stream("a web page", "no")
        if "json" not in kind or "lines" in kind or "seq" in kind:
            return None
        complaint = read_complaint(200, body, headers)
        said_something = complaint.kind not in ("", "message") and not complaint.is_page
        if complaint.message or said_something:
            return self.of_complaint(complaint, model)
        return self._not_a_stream("one piece of JSON", "maybe")

    def of_end(self, headers: Mapping[str, str], reader: StreamReader) -> Fault:
        """The fault of a stream that ended without its last event."""
        kind = content_type(headers)
        if reader.has_begun or kind in ("", "text/event-stream"):
            charged: Charged = "yes" if reader.has_text else "maybe"
            return make_fault("no_end", self.who, charged=charged)
        return self._not_a_stream(clean_text(kind) or "something else", "maybe")

    def of_no_list(self, *, is_page: bool) -> Fault:
        """The fault of something that came in the place of a list of models."""
        if is_page:
            return self._not_a_stream("a web page", "no")
        return make_fault("malformed", self.who, detail="it is no list of models", charged="no")

    def _not_a_stream(self, what: str, charged: Charged) -> Fault:
        hint = "" if self.is_own_address else self.url_hint
        return make_fault("not_a_stream", self.who, detail=what, hint=hint, charged=charged)

    def _hint(self, code: FaultCode, complaint: Complaint) -> str:
        if complaint.location:
            return f"It redirects to {shown_address(complaint.location)}: use that as base URL."
        if code in ("wrong_base_url", "not_a_stream"):
            return self.url_hint
        return ""


def content_type(headers: Mapping[str, str]) -> str:
    """The media type of a response, in lower case and without its parameters."""
    return headers.get("content-type", "").partition(";")[0].strip().lower()


def charged_so_far(reader: StreamReader | None) -> Charged:
    """Whether a stream has cost something."""
    if reader is None or not reader.has_begun:
        return "no"
    return "yes" if reader.has_text else "maybe"


def complaint_of(error: BaseException) -> Complaint | None:
    """What the server said in an exception of an SDK; None if it said nothing."""
    names = {kind.__name__ for kind in type(error).__mro__}
    if "APIError" not in names or names & {"APIConnectionError", "APIResponseValidationError"}:
        return None
    response = getattr(error, "response", None)
    body = getattr(error, "body", None)
    if response is None:
        return read_complaint(200, body, {})
    return read_complaint(response.status_code, body, response.headers)
